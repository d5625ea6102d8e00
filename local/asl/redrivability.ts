import type { Execution } from './execution.ts';
import { HISTORY_LIMIT } from './history.ts';

const DAY_MS = 24 * 3600 * 1000;
/** How long after its end an execution can be redriven. */
const REDRIVABLE_MS = 14 * DAY_MS;
/** The longest that an execution can be open, redrives included. */
const LONGEST_MS = 365 * DAY_MS;

export interface Redrivability {
  readonly status: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  /** Why not, in DescribeExecution's words. */
  readonly reason?: string;
}

/** Whether RedriveExecution would take an execution now (API reference, DescribeExecution). */
export function redrivability({ status, stopMs, facts, history, world }: Execution): Redrivability {
  const nowMs = world.clock.now();
  if (status === 'RUNNING' || status === 'SUCCEEDED')
    return refused(`Execution is ${status} and cannot be redriven`);
  // A child is redriven by redriving the execution that its map run belongs to.
  if (facts.mapRunArn !== undefined) return { status: 'REDRIVABLE_BY_MAP_RUN' };
  // One place for the event of the redrive, one for what follows.
  if (history.events.length >= HISTORY_LIMIT - 1) return refused('Execution history event limit exceeded');
  if (nowMs - facts.startMs > LONGEST_MS) return refused('Execution has exceeded the max execution time');
  if (nowMs - stopMs! > REDRIVABLE_MS) return refused('Execution redrivable period exceeded');
  return { status: 'REDRIVABLE' };
}

const refused = (reason: string): Redrivability => ({ status: 'NOT_REDRIVABLE', reason });
