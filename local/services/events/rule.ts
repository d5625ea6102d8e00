import { AwsError } from '../../aws-error.ts';
import type { Timetable } from '../scheduler/expression/expression.ts';
import type { RetryPolicy } from './insist.ts';
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
  readonly RetryPolicy?: RetryPolicy;
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

/** A rule hears the events that fit its pattern, speaks by its schedule, or both. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly description?: string;
  readonly roleArn?: string;
  /** JSON text. */
  readonly eventPattern?: string;
  /** Never, without a pattern. */
  readonly matches: EventPattern;
  readonly scheduleExpression?: string;
  readonly timetable?: Timetable;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly targets: Map<string, Target>;
}

export const noSuchRule = (name: string, busName: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${busName}.`);
