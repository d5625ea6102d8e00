import { DATA_LIMIT_BYTES, type Data, dataOf } from '../data.ts';
import { dataLimitExceeded } from '../errors.ts';
import type { MapState } from '../machine.ts';
import type { StateRun } from '../state-run.ts';
import type { ItemBatcher } from './definition.ts';
import { InvalidSetting } from './errors.ts';
import type { Item } from './items.ts';
import { numberOf } from './settings.ts';

/** What one child execution gets. */
export interface ChildInput {
  readonly input: Data;
  readonly itemCount: number;
}

/** An item batcher whose expressions have been evaluated. */
export interface Batching {
  readonly maxItems: number;
  /** Bytes of the whole input of a child. */
  readonly maxBytes: number;
  readonly shared: unknown;
}

export async function batchingOf(run: StateRun<MapState>, batcher: ItemBatcher): Promise<Batching> {
  const maxItems = await limitOf(run, batcher.maxItemsPerBatch, 'MaxItemsPerBatch');
  const maxBytes = await limitOf(run, batcher.maxInputBytesPerBatch, 'MaxInputBytesPerBatch');
  const shared =
    batcher.batchInput &&
    (await run.evaluate(batcher.batchInput, run.environment(), 'ItemBatcher/BatchInput'));
  return { maxItems, maxBytes: Math.min(maxBytes, DATA_LIMIT_BYTES), shared };
}

async function limitOf(
  run: StateRun<MapState>,
  template: ItemBatcher['maxItemsPerBatch'],
  field: string,
): Promise<number> {
  const limit = await numberOf(run, template, `ItemBatcher/${field}`);
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 0))
    throw new InvalidSetting(run, `${field} must be a positive integer.`);
  // As with other limits of a Map, 0 is none.
  return limit || Number.POSITIVE_INFINITY;
}

/** Children's inputs, in the order of the items: selected, then put together in batches. */
export async function childInputs(
  run: StateRun<MapState>,
  items: readonly Item[],
  batching: Batching | undefined,
): Promise<ChildInput[]> {
  const { itemSelector } = run.state;
  const selected: Data[] = [];
  for (const [index, item] of items.entries()) {
    const value =
      itemSelector === undefined
        ? item.value
        : await run.evaluate(itemSelector, run.environment(undefined, { ...item, index }), 'ItemSelector');
    selected.push(dataOf(value));
  }
  if (batching === undefined) return selected.map((input) => ({ input, itemCount: 1 }));
  return [...batches(run, selected, batching)];
}

function* batches(
  run: StateRun<MapState>,
  items: readonly Data[],
  { maxItems, maxBytes, shared }: Batching,
): Generator<ChildInput> {
  const around = dataOf({ ...(shared !== undefined && { BatchInput: shared }), Items: [] }).text;
  const aroundBytes = Buffer.byteLength(around);
  let batch: Data[] = [];
  let bytes = aroundBytes;
  const close = (): ChildInput => {
    const values = batch.map(({ value }) => value);
    const text = `${around.slice(0, -2)}${batch.map((item) => item.text).join(',')}]}`;
    const value = { ...(shared !== undefined && { BatchInput: shared }), Items: values };
    return { input: { value, text }, itemCount: batch.length };
  };
  for (const item of items) {
    const itemBytes = Buffer.byteLength(item.text);
    if (aroundBytes + itemBytes > maxBytes) throw dataLimitExceeded(run.state.name);
    if (batch.length === maxItems || bytes + itemBytes > maxBytes) {
      yield close();
      batch = [];
      bytes = aroundBytes;
    }
    batch.push(item);
    // And the comma before the next one.
    bytes += itemBytes + 1;
  }
  if (batch.length > 0) yield close();
}
