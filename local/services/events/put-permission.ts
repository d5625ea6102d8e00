import { validationError } from '../../aws-error.ts';
import type { StatementDocument } from '../../iam/policy.ts';
import type { EventBridge } from './events.ts';

interface PutPermissionInput {
  readonly EventBusName?: string;
  readonly Action?: string;
  /** An account's number, or `*`. */
  readonly Principal?: string;
  readonly StatementId?: string;
  readonly Condition?: { readonly Type: string; readonly Key: string; readonly Value: string };
  /** The whole policy as JSON, in place of the members above. */
  readonly Policy?: string;
}

/** Lets another account put events on a bus. @throws AwsError ResourceNotFoundException, ValidationException */
export function putPermission(events: EventBridge, input: PutPermissionInput): Record<string, never> {
  const bus = events.bus(input.EventBusName);
  if (input.Policy !== undefined) {
    bus.statements.clear();
    for (const one of statementsIn(input.Policy)) bus.statements.set(String(Reflect.get(one, 'Sid')), one);
  } else {
    const { Action, Principal, StatementId, Condition } = input;
    if (Action === undefined || Principal === undefined || StatementId === undefined) {
      throw validationError('Parameters Action, Principal and StatementId are required without a Policy.');
    }
    bus.statements.set(StatementId, {
      Sid: StatementId,
      Effect: 'Allow',
      Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
      Action,
      Resource: bus.arn,
      ...(Condition && { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
    } as StatementDocument);
  }
  events.applyPolicy(bus);
  return {};
}

function statementsIn(policy: string): StatementDocument[] {
  try {
    const { Statement } = JSON.parse(policy) as { Statement: StatementDocument | StatementDocument[] };
    return [Statement].flat();
  } catch {
    throw validationError('The policy is not valid JSON.');
  }
}
