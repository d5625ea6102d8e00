import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly executionArn: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Ends a Standard execution at once. One that has ended keeps its end, and AWS answers with its time. */
export const stopExecution =
  (states: StepFunctions): Operation =>
  ({ executionArn, error, cause }: Input) => {
    const execution = states.findStandardExecution(executionArn);
    execution.stop(error, cause);
    return { stopDate: new Date(execution.stopMs!) };
  };
