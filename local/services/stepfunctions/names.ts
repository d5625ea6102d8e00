import { AwsError } from '../../aws-error.ts';

/** What may not be in the name of a machine or an execution (quotas). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/;
const LONGEST = 80;

export function checkName(name: string): void {
  if (name.length === 0 || name.length > LONGEST || FORBIDDEN.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  }
}

export const machineDoesNotExist = (arn: string): AwsError =>
  new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

export const machineIsDeleting = (arn: string): AwsError =>
  new AwsError('StateMachineDeleting', `State Machine Is Deleting: '${arn}'`);

export const executionDoesNotExist = (arn: string): AwsError =>
  new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);

export const resourceNotFound = (): AwsError =>
  new AwsError('ResourceNotFound', 'Request references a resource that does not exist.');

export const notForThisType = (): AwsError =>
  new AwsError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
