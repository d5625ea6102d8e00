import type { TestStateInput } from '../../asl/test-state/request.ts';
import { testState as test } from '../../asl/test-state/test-state.ts';
import type { Operation } from '../../service.ts';
import { parseInput } from './begin-execution.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** Tests one state without a machine or an execution that anybody could find. */
export const testState =
  (states: StepFunctions): Operation =>
  ({ input = '{}', inspectionLevel = 'INFO', ...request }: TestStateInput) =>
    test({ ...request, inspectionLevel }, parseInput(input), states.expressions, states);
