import type { Data } from './data.ts';
import { ABORTED } from './errors.ts';
import type { Frame } from './frame.ts';
import type { State, States } from './machine.ts';
import type { Step } from './state-run.ts';
import { runChoice } from './states/choice.ts';
import { runFail } from './states/fail.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runPass } from './states/pass.ts';
import { runSucceed } from './states/succeed.ts';
import { runTask } from './states/task.ts';
import { runWait } from './states/wait.ts';

/**
 * Runs states from the first, or from where a redriven thread stood, to an end. Branches that run side by side take
 * turns state by state, because each state is awaited.
 *
 * @throws StateError that no Catch took, or `ABORTED`
 */
export async function runStates(frame: Frame, { startAt, states }: States, input: Data): Promise<Data> {
  let name: string | undefined = frame.resumesAt?.name ?? startAt;
  let data = frame.resumesAt?.input ?? input;
  while (name !== undefined) {
    if (frame.abort.aborted) {
      frame.stoppedBefore = { name, input: data };
      throw ABORTED;
    }
    const step: Step = await runState(frame, states.get(name)!, data);
    data = step.output;
    name = step.next;
  }
  return data;
}

/** One entry into one state. */
export function runState(frame: Frame, state: State, input: Data): Step | Promise<Step> {
  switch (state.type) {
    case 'Task':
      return runTask(frame, state, input);
    case 'Pass':
      return runPass(frame, state, input);
    case 'Choice':
      return runChoice(frame, state, input);
    case 'Wait':
      return runWait(frame, state, input);
    case 'Succeed':
      return runSucceed(frame, state, input);
    case 'Fail':
      return runFail(frame, state, input);
    case 'Parallel':
      return runParallel(frame, state, input);
    case 'Map':
      return runMap(frame, state, input);
  }
}
