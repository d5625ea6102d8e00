import { busName, DEFAULT_BUS } from '../../services/events/bus.ts';
import type { World } from '../../world.ts';
import { TemplateError } from '../intrinsics.ts';
import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const rule: ResourceType = {
  properties: 'Description EventBusName EventPattern Name RoleArn ScheduleExpression State Tags Targets',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.Name ?? generatedName(stack, logicalId);
    const bus = busName(properties.EventBusName);
    const path = bus === DEFAULT_BUS ? name : `${bus}/${name}`;
    return {
      // On a bus of one's own `Ref` gives both.
      ref: bus === DEFAULT_BUS ? name : `${bus}|${name}`,
      attributes: { Arn: `arn:aws:events:${stack.region}:${stack.accountId}:rule/${path}` },
    };
  },

  build(world, { ref, properties }) {
    const { EventBusName, EventPattern, ScheduleExpression, Targets = [], State, Description } = properties;
    world.events.putRule({
      name: ref.split('|').at(-1)!,
      eventBusName: EventBusName,
      eventPattern: EventPattern,
      scheduleExpression: ScheduleExpression,
      targets: Targets,
      ...(State && { state: State }),
      ...(Description && { description: Description }),
    });
  },
};

const bus: ResourceType = {
  properties: 'DeadLetterConfig Description EventSourceName KmsKeyIdentifier LogConfig Name Policy Tags',

  identify({ properties }, stack) {
    const name = String(properties.Name);
    const arn = `arn:aws:events:${stack.region}:${stack.accountId}:event-bus/${name}`;
    return { ref: name, attributes: { Arn: arn, Name: name } };
  },

  async build(world, { properties, path }) {
    const { Name, Description, EventSourceName, KmsKeyIdentifier, Policy } = properties;
    if (Name === undefined) throw new TemplateError(path, 'required key [Name] not found');
    await call(world, 'CreateEventBus', { Name, Description, EventSourceName, KmsKeyIdentifier });
    if (Policy === undefined) return;
    await call(world, 'PutPermission', { EventBusName: Name, Policy: JSON.stringify(Policy) });
  },
};

/** One statement as an object, or its parts as `PutPermission` takes them. */
const busPolicy: ResourceType = {
  properties: 'Action Condition EventBusName Principal Statement StatementId',
  identify: ({ logicalId }) => ({ ref: logicalId }),

  async build(world, { properties }) {
    const { EventBusName, Statement, StatementId, ...parts } = properties;
    if (Statement === undefined) {
      await call(world, 'PutPermission', { EventBusName, StatementId, ...parts });
      return;
    }
    const target = world.events.bus(EventBusName);
    target.statements.set(StatementId, { Sid: StatementId, ...Statement });
    world.events.applyPolicy(target);
  },
};

const call = (world: World, operation: string, input: object): Promise<unknown> =>
  world.door.call({ service: 'events', operation, input, caller: world.person });

export const eventsTypes = {
  'AWS::Events::EventBus': bus,
  'AWS::Events::EventBusPolicy': busPolicy,
  'AWS::Events::Rule': rule,
};
