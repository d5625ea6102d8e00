import { AbortScope } from '../abort.ts';
import { withRecovery } from '../catch.ts';
import { type Data, dataOf, exceedsLimit, joinData } from '../data.ts';
import { dataLimitExceeded, EvaluationError } from '../errors.ts';
import type { Frame, MapItem } from '../frame.ts';
import type { MapState } from '../machine.ts';
import { StateRun, type Step } from '../state-run.ts';
import { unexpectedType } from '../template.ts';
import { Iterations } from './map-iterations.ts';

/** How many iterations of an inline Map AWS runs at once when nothing limits them. */
const INLINE_CONCURRENCY = 40;

/** Runs its processor once for each item, inline. The first error stops the others and becomes the state's own. */
export function runMap(frame: Frame, state: MapState, input: Data): Promise<Step> {
  const run = new StateRun(frame, state, input);
  return withRecovery(
    run,
    () => attempt(run),
    () => void frame.event('MapStateFailed'),
  );
}

async function attempt(run: StateRun<MapState>): Promise<Step> {
  const { frame, state } = run;
  const items = await itemsOf(run);
  const inputs = await inputsOf(run, items);
  const concurrency = await concurrencyOf(run);

  frame.event('MapStateStarted', { length: items.length });
  const abort = new AbortScope(frame.abort);
  const iterations = new Iterations(run, abort, inputs);
  frame.openState = { type: 'Map', abortInner: (causeEventId) => iterations.addAborted(causeEventId) };
  const result = joinData(await iterations.run(concurrency));
  abort.close();

  // Recorded by AWS: the exit follows from the last iteration's success, as this event does.
  frame.execution.history.add('MapStateSucceeded', frame.lastEventId);
  if (exceedsLimit(result.text)) throw dataLimitExceeded(state.name);
  return run.leave(state, state.next, result, { result: result.value });
}

async function itemsOf(run: StateRun<MapState>): Promise<readonly unknown[]> {
  const { items } = run.state;
  if (items !== undefined) {
    const value = await run.evaluate(items, run.environment(), 'Items');
    if (Array.isArray(value)) return value;
    throw run.evaluationFailed(unexpectedType(items, 'Items', 'array', value));
  }
  if (Array.isArray(run.input.value)) return run.input.value;
  throw run.evaluationFailed(
    new EvaluationError(`Map state input must be an array but was: ${run.input.text}`),
  );
}

async function inputsOf(
  run: StateRun<MapState>,
  items: readonly unknown[],
): Promise<readonly { item: MapItem; input: Data }[]> {
  const { itemSelector } = run.state;
  const inputs: { item: MapItem; input: Data }[] = [];
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

async function concurrencyOf(run: StateRun<MapState>): Promise<number> {
  const { maxConcurrency } = run.state;
  if (maxConcurrency === undefined) return INLINE_CONCURRENCY;
  const value = await run.evaluate(maxConcurrency, run.environment(), 'MaxConcurrency');
  if (typeof value !== 'number') {
    throw run.evaluationFailed(unexpectedType(maxConcurrency, 'MaxConcurrency', 'number', value));
  }
  if (!Number.isInteger(value) || value < 0) {
    const message = `The MaxConcurrency field must be a non-negative integer, but was: ${value}`;
    throw run.evaluationFailed(new EvaluationError(message, 'MaxConcurrency'));
  }
  return value === 0 ? INLINE_CONCURRENCY : Math.min(value, INLINE_CONCURRENCY);
}
