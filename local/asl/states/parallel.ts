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

async function attempt(run: StateRun<ParallelState>): Promise<Step> {
  const { frame, state } = run;
  const { history } = frame.execution;
  const branchInput =
    state.arguments === undefined
      ? run.input
      : dataOf(await run.evaluate(state.arguments, run.environment(), 'Arguments'));

  frame.event('ParallelStateStarted');
  const abort = new AbortScope(frame.abort);
  const branches = state.branches.map(
    () =>
      new Frame({
        execution: frame.execution,
        scope: new Scope(frame.scope),
        abort,
        mapItem: frame.mapItem,
        lastEventId: frame.lastEventId,
      }),
  );
  const abortBranches = (causeEventId: number): void => {
    for (const branch of branches) branch.abortOpenState(causeEventId);
  };
  frame.openState = { type: 'Parallel', abortInner: abortBranches };

  const outputs = await new Promise<Data[]>((resolve, reject) => {
    const done: Data[] = [];
    let open = branches.length;
    for (const [index, branch] of branches.entries()) {
      runStates(branch, state.branches[index]!, branchInput).then(
        (output) => {
          done[index] = output;
          frame.lastEventId = branch.lastEventId;
          open -= 1;
          if (open === 0) resolve(done);
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
  const result = joinData(outputs);
  // Recorded by AWS: the exit follows from the branches' last event, as this one does.
  history.add('ParallelStateSucceeded', frame.lastEventId);
  if (exceedsLimit(result.text)) throw dataLimitExceeded(state.name);
  return run.leave(state, state.next, result, { result: result.value });
}
