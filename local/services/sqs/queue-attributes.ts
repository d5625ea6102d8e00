import { AwsError } from '../../aws-error.ts';
import { type PolicyDocument, readPolicy } from '../../iam/policy.ts';

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
    if (name === 'Policy') checkPolicy(String(value));
    const [least, most] = RANGES[name] ?? [];
    if (least === undefined || most === undefined) continue;
    const seconds = Number(value);
    if (!Number.isInteger(seconds) || seconds < least || seconds > most) {
      throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    }
  }
};

const checkPolicy = (text: string): void => {
  if (text === '') return;
  try {
    const policy: PolicyDocument = JSON.parse(text);
    if (policy.Statement !== undefined && readPolicy(policy, 'Policy', 'resource').length > 0) return;
  } catch (error) {
    const { message } = error as Error;
    if (message.includes('not modelled')) throw new AwsError('NotModelled', message, 501);
  }
  throw new AwsError('InvalidAttributeValue', 'Invalid value for the parameter Policy.');
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MOST_RECEIVES = 1000;

/**
 * Refuses a redrive policy that SQS refuses, in its words.
 *
 * @param isThere whether a queue with this ARN is there
 * @throws AwsError InvalidParameterValue
 */
export const checkRedrive = (policy: string | RedrivePolicy, isThere: (arn: string) => boolean): void => {
  if (policy === '') return;
  const refuse = (reason: string): never => {
    const value = typeof policy === 'string' ? policy : JSON.stringify(policy);
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${value} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    );
  };
  const { deadLetterTargetArn, maxReceiveCount } =
    redriveOf(policy) ?? refuse('Redrive policy is not a valid JSON map.');
  for (const [name, given] of Object.entries({ deadLetterTargetArn, maxReceiveCount })) {
    if (given === undefined) refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > MOST_RECEIVES) {
    refuse(
      `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to ${MOST_RECEIVES} both inclusive.`,
    );
  }
  if (!isThere(String(deadLetterTargetArn))) refuse('Dead letter target does not exist.');
};

const redriveOf = (policy: string | RedrivePolicy): Partial<RedrivePolicy> | undefined => {
  try {
    const redrive: unknown = typeof policy === 'string' ? JSON.parse(policy) : policy;
    return isObject(redrive) ? redrive : undefined;
  } catch {
    return undefined;
  }
};
