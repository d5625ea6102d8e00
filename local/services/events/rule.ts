import { AwsError } from '../../aws-error.ts';
import type { EventPattern } from './pattern/pattern.ts';

/** An event as EventBridge hands it on. Its parts must not change once it was sent. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO-8601 in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
  readonly RetryPolicy?: {
    readonly MaximumRetryAttempts?: number;
    readonly MaximumEventAgeInSeconds?: number;
  };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly roleArn?: string;
  /** JSON text. */
  readonly eventPattern: string;
  readonly matches: EventPattern;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly targets: Map<string, Target>;
}

/** Only the default bus is here; AWS services send to no other. */
export const DEFAULT_BUS = 'default';

export const isDefaultBus = (name: string | undefined): boolean =>
  name === undefined || name === DEFAULT_BUS || name.endsWith(':event-bus/default');

export const refuseOtherBus = (name: string | undefined): void => {
  if (!isDefaultBus(name)) {
    throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  }
};

export const noSuchRule = (name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${DEFAULT_BUS}.`);
