import type { Clock } from '../clock/clock.ts';

/** One event as GetExecutionHistory answers it. The details' key follows from the type. */
export interface HistoryEvent {
  readonly timestamp: Date;
  readonly type: string;
  readonly id: number;
  readonly previousEventId: number;
  readonly [details: `${string}EventDetails`]: unknown;
}

/** AWS ends a Standard execution that reaches this many events (quota). */
export const HISTORY_LIMIT = 25_000;

export const STATE_TYPES = ['Choice', 'Fail', 'Map', 'Parallel', 'Pass', 'Succeed', 'Task', 'Wait'] as const;

/** Types whose details do not stand under `<type>EventDetails`, or that have none. */
const DETAILS_KEYS = new Map<string, `${string}EventDetails` | undefined>();
for (const type of STATE_TYPES) {
  DETAILS_KEYS.set(`${type}StateEntered`, 'stateEnteredEventDetails');
  DETAILS_KEYS.set(`${type}StateExited`, 'stateExitedEventDetails');
}

/** Whether data were cut; the local world never cuts them. */
export const NOT_TRUNCATED = Object.freeze({ truncated: false });

/** An execution's events in order. Who caused which event is told by each frame of execution. */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #clock: Clock;
  #timestamp = new Date(0);
  /** Asked before each event, with how many there are. False: the event is not kept. May throw instead. */
  readonly #admits: (count: number) => boolean;

  constructor(clock: Clock, admits: (count: number) => boolean) {
    this.#clock = clock;
    this.#admits = admits;
  }

  /** @returns the new event's id */
  add(type: string, previousEventId: number, details?: object): number {
    const events = this.events;
    if (!this.#admits(events.length)) return events.length;
    const nowMs = this.#clock.now();
    if (this.#timestamp.getTime() !== nowMs) this.#timestamp = new Date(nowMs);
    const id = events.length + 1;
    const timestamp = this.#timestamp;
    if (details === undefined) events.push({ timestamp, type, id, previousEventId });
    else events.push({ timestamp, type, id, previousEventId, [detailsKey(type)]: details });
    return id;
  }
}

function detailsKey(type: string): `${string}EventDetails` {
  const known = DETAILS_KEYS.get(type);
  if (known !== undefined) return known;
  // MapIterationStarted, …Succeeded, …Failed and …Aborted each have their own key of one shape.
  const key: `${string}EventDetails` = `${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`;
  DETAILS_KEYS.set(type, key);
  return key;
}
