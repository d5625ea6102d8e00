import { validationError } from '../../aws-error.ts';
import type { Resource } from '../integrations/resource.ts';
import { isObject } from '../validate/shape.ts';

/** What a mocked context object may say, and of which type each value is. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, 'string' | 'number' | 'any'>>>> = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
};

/** @throws AwsError `ValidationException` in AWS's words (recorded) */
export function checkContext(context: Record<string, unknown>, resource: Resource | undefined): void {
  for (const [name, part] of Object.entries(context)) {
    if (name === 'Map') throw invalid("'Map' field is not supported when mocking a Context object");
    const fields = Object.hasOwn(FIELDS, name) ? FIELDS[name]! : undefined;
    if (fields === undefined) throw invalid(`Field '${name}' is not allowed`);
    if (!isObject(part)) throw invalid(`${name} must be an object`);
    for (const [field, value] of Object.entries(part)) {
      const type = Object.hasOwn(fields, field) ? fields[field]! : undefined;
      if (type === undefined) throw invalid(`Field '${field}' is not allowed`);
      if (type !== 'any' && typeof value !== type) throw invalid(`${name}.${field} must be a ${type}`);
    }
  }
  if (context.Task !== undefined && (resource === undefined || resource.pattern === 'request')) {
    throw invalid(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  }
}

const invalid = (what: string): Error => validationError(`Invalid Context object provided: ${what}`);
