import { EvaluationError } from '../errors.ts';
import type { MapState } from '../machine.ts';
import type { StateRun } from '../state-run.ts';
import { unexpectedType } from '../template.ts';

/**
 * The array that a Map goes over, or the object where it may.
 *
 * Recorded by AWS for an inline Map: only arrays.
 */
export async function itemsOf(
  run: StateRun<MapState>,
  { objects }: { objects: true },
): Promise<readonly unknown[] | object>;
export async function itemsOf(run: StateRun<MapState>): Promise<readonly unknown[]>;
export async function itemsOf(
  run: StateRun<MapState>,
  { objects = false }: { objects?: boolean } = {},
): Promise<readonly unknown[] | object> {
  const { items } = run.state;
  const isRight = (value: unknown): value is readonly unknown[] | object =>
    Array.isArray(value) || (objects && typeof value === 'object' && value !== null);
  if (items !== undefined) {
    const value = await run.evaluate(items, run.environment(), 'Items');
    if (isRight(value)) return value;
    throw run.evaluationFailed(unexpectedType(items, 'Items', 'array', value));
  }
  if (isRight(run.input.value)) return run.input.value;
  throw run.evaluationFailed(
    new EvaluationError(`Map state input must be an array but was: ${run.input.text}`),
  );
}

/** `MaxConcurrency`, or undefined where it is not given or 0: as many as may be. */
export async function concurrencyOf(run: StateRun<MapState>): Promise<number | undefined> {
  const { maxConcurrency } = run.state;
  if (maxConcurrency === undefined) return undefined;
  const value = await run.evaluate(maxConcurrency, run.environment(), 'MaxConcurrency');
  if (typeof value !== 'number') {
    throw run.evaluationFailed(unexpectedType(maxConcurrency, 'MaxConcurrency', 'number', value));
  }
  if (!Number.isInteger(value) || value < 0) {
    const message = `The MaxConcurrency field must be a non-negative integer, but was: ${value}`;
    throw run.evaluationFailed(new EvaluationError(message, 'MaxConcurrency'));
  }
  return value || undefined;
}
