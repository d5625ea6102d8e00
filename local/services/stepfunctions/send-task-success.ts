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
    // Recorded: a token that is none is told before an output that is none.
    states.tokens.requireOpen(taskToken);
    try {
      JSON.parse(output);
    } catch {
      throw new AwsError('InvalidOutput', `Invalid Output: '${output}'`);
    }
    states.tokens.succeed(taskToken, output);
    return {};
  };
