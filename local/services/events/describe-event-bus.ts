import type { Bus } from './bus.ts';
import type { EventBridge } from './events.ts';

/** @throws AwsError ResourceNotFoundException */
export const describeEventBus = (events: EventBridge, { Name }: { readonly Name?: string }) =>
  busDescription(events.bus(Name));

/** A bus as DescribeEventBus and ListEventBuses show it. */
export const busDescription = ({ name, arn, description, createdMs, statements }: Bus) => ({
  Name: name,
  Arn: arn,
  ...(description !== undefined && { Description: description }),
  ...(statements.size > 0 && { Policy: policyText(statements) }),
  CreationTime: new Date(createdMs),
  LastModifiedTime: new Date(createdMs),
});

const policyText = (statements: Bus['statements']): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [...statements.values()] });
