import { AwsError } from '../../aws-error.ts';

/** A queue's settings in CloudFormation's and the API's names; times in seconds. */
export interface QueueAttributes {
  readonly VisibilityTimeout?: number | string;
  readonly DelaySeconds?: number | string;
  readonly MessageRetentionPeriod?: number | string;
  readonly ReceiveMessageWaitTimeSeconds?: number | string;
  readonly RedrivePolicy?: string | RedrivePolicy;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number | string;
}

/** What each setting can be, in seconds. Source: API reference, SetQueueAttributes. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  DelaySeconds: [0, 900],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
};

const KNOWN = new Set([...Object.keys(RANGES), 'Policy', 'RedrivePolicy']);

/** @throws AwsError InvalidAttributeName, InvalidAttributeValue */
export const checkAttributes = (attributes: Readonly<Record<string, unknown>>): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (!KNOWN.has(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    const [least, most] = RANGES[name] ?? [];
    if (least === undefined || most === undefined) continue;
    const seconds = Number(value);
    if (!Number.isInteger(seconds) || seconds < least || seconds > most) {
      throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    }
  }
};
