import { AbortScope } from '../abort.ts';
import { withRecovery } from '../catch.ts';
import { type Data, dataOf, exceedsLimit, joinData } from '../data.ts';
import { dataLimitExceeded } from '../errors.ts';
import { Frame } from '../frame.ts';
import type { ParallelState } from '../machine.ts';
import { runStates } from '../run-states.ts';
import { StateRun, type Step } from '../state-run.ts';
import { Scope } from '../variables.ts';

/** Runs its branches side by side. The first error stops the others and becomes the state's own. */
export function runParallel(frame: Frame, state: ParallelState, input: Data): Promise<Step> {
  const run = new StateRun(frame, state, input);
  return withRecovery(
    run,
    () => attempt(run),
    () => void frame.event('ParallelStateFailed'),
  );
}

/** What a Parallel keeps of its branches: a redrive takes up only those without an output. */
interface Branches {
  readonly input: Data;
  readonly frames: readonly Frame[];
  readonly outputs: (Data | undefined)[];
}

async function attempt(run: StateRun<ParallelState>): Promise<Step> {
  const { frame, state } = run;
  const { history } = frame.execution;
  const earlier = run.takeKept<Branches>();
  // Nothing is awaited here unless it must be: branches side by side keep AWS's order of events.
  const branchInput =
    earlier?.input ??
    (state.arguments === undefined
      ? run.input
      : dataOf(await run.evaluate(state.arguments, run.environment(), 'Arguments')));

  if (earlier === undefined) frame.event('ParallelStateStarted');
  const abort = new AbortScope(frame.abort);
  const branches = state.branches.map((_, index) =>
    earlier === undefined
      ? newBranch(frame, abort)
      : earlier.frames[index]!.resumed(abort, frame.lastEventId),
  );
  const done = state.branches.map((_, index) => earlier?.outputs[index]);
  const abortBranches = (causeEventId: number): void => {
    for (const branch of branches) branch.abortOpenState(causeEventId);
  };
  run.abortInner = abortBranches;
  run.kept = { input: branchInput, frames: branches, outputs: done } satisfies Branches;

  await new Promise<void>((resolve, reject) => {
    let open = done.filter((output) => output === undefined).length;
    if (open === 0) resolve();
    for (const [index, branch] of branches.entries()) {
      if (done[index] !== undefined) continue;
      runStates(branch, state.branches[index]!, branchInput).then(
        (output) => {
          done[index] = output;
          frame.lastEventId = branch.lastEventId;
          open -= 1;
          if (open === 0) resolve();
        },
        (error) => {
          // Those that are only ending because of this one say nothing new.
          if (!abort.aborted) {
            frame.lastEventId = branch.lastEventId;
            abort.abort();
            abortBranches(branch.lastEventId);
          }
          reject(error);
        },
      );
    }
  });
  abort.close();
  const result = joinData(done as Data[]);
  // Recorded by AWS: the exit follows from the branches' last event, as this one does.
  history.add('ParallelStateSucceeded', frame.lastEventId);
  if (exceedsLimit(result.text)) {
    // After this a redrive runs every branch again (developer guide, "Redriving executions").
    run.kept = undefined;
    throw dataLimitExceeded(state.name);
  }
  return run.leave(state, state.next, result, { result: result.value });
}

const newBranch = ({ execution, scope, mapItem, lastEventId }: Frame, abort: AbortScope): Frame =>
  new Frame({ execution, scope: new Scope(scope), abort, mapItem, lastEventId });
