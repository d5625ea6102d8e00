import { AwsError } from '../../aws-error.ts';
import type { StatementDocument } from '../../iam/policy.ts';
import type { Rule } from './rule.ts';

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  readonly rules: Map<string, Rule>;
  /** Its policy's statements by their ids. */
  readonly statements: Map<string, StatementDocument>;
}

/** To which AWS's own services send, and no other. */
export const DEFAULT_BUS = 'default';

/** A bus is asked for by its name or its ARN; the default bus by nothing as well. */
export const busName = (nameOrArn: string | undefined): string =>
  nameOrArn?.replace(/^arn:[^:]+:events:[^:]*:[^:]*:event-bus\//, '') ?? DEFAULT_BUS;

export const noSuchBus = (name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
