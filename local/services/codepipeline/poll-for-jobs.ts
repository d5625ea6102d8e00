import { AwsError } from '../../aws-error.ts';

/** For custom action types, of which there are none here. @throws AwsError ActionTypeNotFoundException */
export function pollForJobs(): never {
  throw new AwsError('ActionTypeNotFoundException', 'The specified action type cannot be found.');
}
