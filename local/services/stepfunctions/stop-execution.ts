import type { Operation } from '../../service.ts';
import { notForExpress } from './names.ts';
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
    const execution = states.findExecution(executionArn);
    if (execution.machine.type === 'EXPRESS') throw notForExpress();
    execution.stop(error, cause);
    return { stopDate: new Date(execution.stopMs!) };
  };
