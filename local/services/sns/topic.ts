import { AwsError } from '../../aws-error.ts';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  /** A queue's or function's ARN, an address, a URL or a number. */
  readonly endpoint: string;
  /** The message alone, without the envelope around it. Queues only. */
  readonly raw: boolean;
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly subscriptions: Subscription[];
}

export const invalid = (what: string): AwsError =>
  new AwsError('InvalidParameter', `Invalid parameter: ${what}`);

export const noSuchTopic = (): AwsError => new AwsError('NotFound', 'Topic does not exist', 404);

/** @throws AwsError InvalidParameter for what is no ARN */
export function checkArn(parameter: string, arn: string): void {
  const elements = arn.split(':').length;
  if (elements < 6)
    throw invalid(`${parameter} Reason: An ARN must have at least 6 elements, not ${elements}`);
}
