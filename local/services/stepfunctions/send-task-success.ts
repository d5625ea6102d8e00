import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly taskToken: string;
  readonly output: string;
}

export const sendTaskSuccess =
  (states: StepFunctions): Operation =>
  ({ taskToken, output }: Input) => {
    try {
      JSON.parse(output);
    } catch {
      throw new AwsError('InvalidOutput', `Invalid Output: '${output}'`);
    }
    states.tokens.succeed(taskToken, output);
    return {};
  };
