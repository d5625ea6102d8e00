import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const group: ResourceType = {
  properties: 'Name Tags',
  identify({ logicalId, properties }, stack) {
    const name: string = properties.Name ?? generatedName(stack, logicalId);
    const arn = `arn:aws:scheduler:${stack.region}:${stack.accountId}:schedule-group/${name}`;
    return { ref: name, attributes: { Arn: arn, State: 'ACTIVE' } };
  },
  async build(world, { ref }) {
    const caller = world.person;
    await world.door.call({
      service: 'scheduler',
      operation: 'CreateScheduleGroup',
      input: { Name: ref },
      caller,
    });
  },
};

/** The template's properties are `CreateSchedule`'s members by name. */
const schedule: ResourceType = {
  properties:
    'Description EndDate FlexibleTimeWindow GroupName KmsKeyArn Name ScheduleExpression ScheduleExpressionTimezone StartDate State Target',
  identify({ logicalId, properties }, stack) {
    const name: string = properties.Name ?? generatedName(stack, logicalId);
    const path = `${properties.GroupName ?? 'default'}/${name}`;
    const arn = `arn:aws:scheduler:${stack.region}:${stack.accountId}:schedule/${path}`;
    return { ref: name, attributes: { Arn: arn } };
  },
  async build(world, { ref, properties }) {
    const input = { ...(withNumbers(properties) as object), Name: ref };
    await world.door.call({ service: 'scheduler', operation: 'CreateSchedule', input, caller: world.person });
  },
};

const numbers = new Set(['MaximumWindowInMinutes', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts']);

/** CloudFormation takes numbers as text too. */
const withNumbers = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name,
          numbers.has(name) ? Number(inner) : withNumbers(inner),
        ]),
      );

export const schedulerTypes = {
  'AWS::Scheduler::ScheduleGroup': group,
  'AWS::Scheduler::Schedule': schedule,
};
