import { AbortScope } from '../abort.ts';
import { withRecovery } from '../catch.ts';
import { type Data, dataOf, exceedsLimit, joinData } from '../data.ts';
import { runDistributedMap } from '../distributed/run-distributed-map.ts';
import { dataLimitExceeded } from '../errors.ts';
import type { Frame } from '../frame.ts';
import type { MapState } from '../machine.ts';
import { StateRun, type Step } from '../state-run.ts';
import { concurrencyOf, itemsOf } from './map-fields.ts';
import { type Begun, Iterations } from './map-iterations.ts';

/** How many iterations of an inline Map AWS runs at once, at most. */
const INLINE_CONCURRENCY = 40;

/** Runs its processor once for each item. The first error of an inline Map stops the others and becomes the state's own. */
export function runMap(frame: Frame, state: MapState, input: Data): Promise<Step> {
  const run = new StateRun(frame, state, input);
  if (state.distributed !== undefined) return runDistributedMap(run, state.distributed);
  return withRecovery(
    run,
    () => attempt(run),
    () => void frame.event('MapStateFailed'),
  );
}

async function attempt(run: StateRun<MapState>): Promise<Step> {
  const { frame, state } = run;
  const earlier = run.takeKept<Begun>();
  const begun: Begun = earlier ?? {
    inputs: await inputsOf(run, await itemsOf(run)),
    concurrency: Math.min((await concurrencyOf(run)) ?? INLINE_CONCURRENCY, INLINE_CONCURRENCY),
    outputs: new Map(),
    frames: new Map(),
  };

  if (earlier === undefined) frame.event('MapStateStarted', { length: begun.inputs.length });
  const abort = new AbortScope(frame.abort);
  const iterations = new Iterations(run, abort, begun);
  run.abortInner = (causeEventId) => iterations.addAborted(causeEventId);
  run.kept = begun;
  const result = joinData(await iterations.run());
  abort.close();

  // Recorded by AWS: the exit follows from the last iteration's success, as this event does.
  frame.execution.history.add('MapStateSucceeded', frame.lastEventId);
  if (exceedsLimit(result.text)) {
    // After this a redrive runs every iteration again (developer guide, "Redriving executions").
    run.kept = undefined;
    throw dataLimitExceeded(state.name);
  }
  return run.leave(state, state.next, result, { result: result.value });
}

async function inputsOf(run: StateRun<MapState>, items: readonly unknown[]): Promise<Begun['inputs']> {
  const { itemSelector } = run.state;
  const inputs: Begun['inputs'][number][] = [];
  for (const [index, value] of items.entries()) {
    const item = { index, value };
    const selected =
      itemSelector === undefined
        ? value
        : await run.evaluate(itemSelector, run.environment(undefined, item), 'ItemSelector');
    inputs.push({ item, input: dataOf(selected) });
  }
  return inputs;
}
