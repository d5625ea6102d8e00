import { TemplateError } from '../intrinsics.ts';
import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const rule: ResourceType = {
  properties: 'Description EventBusName EventPattern Name RoleArn ScheduleExpression State Tags Targets',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.Name ?? generatedName(stack, logicalId);
    return {
      ref: name,
      attributes: { Arn: `arn:aws:events:${stack.region}:${stack.accountId}:rule/${name}` },
    };
  },

  build(world, { ref, properties, path }) {
    const { EventPattern, ScheduleExpression, Targets = [], State, Description } = properties;
    if (ScheduleExpression !== undefined)
      throw new TemplateError(path, 'ScheduleExpression is not modelled (docs/fidelity.md).');
    world.events.putRule({
      name: ref,
      eventPattern: EventPattern,
      targets: Targets,
      ...(State && { state: State }),
      ...(Description && { description: Description }),
    });
  },
};

export const eventsTypes = { 'AWS::Events::Rule': rule };
