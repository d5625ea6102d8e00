import type { MapState } from '../machine.ts';
import type { StateRun } from '../state-run.ts';
import { type Template, unexpectedType } from '../template.ts';
import type { DistributedMap } from './definition.ts';
import { InvalidSetting } from './errors.ts';

/** How many children may run at once, and how many of their items may fail. UpdateMapRun changes them. */
export interface MapRunSettings {
  /** 0: as many as AWS allows. */
  maxConcurrency: number;
  toleratedFailureCount?: number;
  /** 0 to 100. */
  toleratedFailurePercentage?: number;
}

/** What a Map's tolerances come to. @throws StateError `States.Runtime` outside their ranges */
export async function toleranceOf(
  run: StateRun<MapState>,
  { toleratedFailureCount, toleratedFailurePercentage }: DistributedMap,
): Promise<Omit<MapRunSettings, 'maxConcurrency'>> {
  const count = await numberOf(run, toleratedFailureCount, 'ToleratedFailureCount');
  if (count !== undefined && count < 0)
    throw new InvalidSetting(run, 'ToleratedFailureCount cannot be negative.');
  const percentage = await numberOf(run, toleratedFailurePercentage, 'ToleratedFailurePercentage');
  if (percentage !== undefined && (percentage < 0 || percentage > 100))
    throw new InvalidSetting(run, 'ToleratedFailurePercentage must be between 0 and 100.');
  return {
    ...(count !== undefined && { toleratedFailureCount: count }),
    ...(percentage !== undefined && { toleratedFailurePercentage: percentage }),
  };
}

/** A field's number. @throws StateError `States.QueryEvaluationError` for anything else */
export async function numberOf(
  run: StateRun,
  template: Template | undefined,
  field: string,
): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const value = await run.evaluate(template, run.environment(), field);
  if (typeof value === 'number') return value;
  throw run.evaluationFailed(unexpectedType(template, field, 'number', value));
}
