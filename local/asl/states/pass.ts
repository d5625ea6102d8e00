import type { Data } from '../data.ts';
import type { Frame } from '../frame.ts';
import type { PassState } from '../machine.ts';
import { StateRun, type Step } from '../state-run.ts';

/** Hands on its input, or what `Output` makes of it. */
export const runPass = (frame: Frame, state: PassState, input: Data): Step | Promise<Step> =>
  new StateRun(frame, state, input).leave(state, state.next, input);
