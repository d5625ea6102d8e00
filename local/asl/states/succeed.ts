import type { Data } from '../data.ts';
import type { Frame } from '../frame.ts';
import type { SucceedState } from '../machine.ts';
import { StateRun, type Step } from '../state-run.ts';

/** Ends the workflow, branch or iteration well. */
export const runSucceed = (frame: Frame, state: SucceedState, input: Data): Step | Promise<Step> =>
  new StateRun(frame, state, input).leave(state, undefined, input);
