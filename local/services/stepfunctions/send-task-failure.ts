import { StateError } from '../../asl/errors.ts';
import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly taskToken: string;
  readonly error?: string;
  readonly cause?: string;
}

export const sendTaskFailure =
  (states: StepFunctions): Operation =>
  ({ taskToken, error, cause }: Input) => {
    states.tokens.fail(taskToken, new StateError(error, cause));
    return {};
  };
