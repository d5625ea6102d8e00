import type { Start } from './wish.ts';

/** The world outside a batch: what route-events may do there. */
export interface Doors {
  readonly nowMs: () => number;
  /** Starts one execution; answers `duplicate` when its name was taken by another, or by one that has ended. */
  readonly start: (execution: Execution) => Promise<'started' | 'duplicate'>;
  /** Keeps a part of a burst under its key. */
  readonly keepPart: (key: string, text: string) => Promise<void>;
  /** Adds to the open burst of a pipeline, or opens one. Answers the burst as it is then. */
  readonly addToBurst: (addition: Addition) => Promise<Burst>;
  /** Gives a burst to a new collector, if `dead` still has it. */
  readonly replaceCollector: (pipeline: string, dead: string, batch: string) => Promise<boolean>;
  /** Wakes a collector that sleeps; one that is awake already needs nothing. */
  readonly wake: (token: string) => Promise<void>;
  /** Puts a message that nobody can read where people look. */
  readonly giveUp: (body: string, reason: string) => Promise<void>;
}

export interface Execution {
  readonly machine: Start['machine'] | 'collect';
  readonly name: string;
  readonly input: object;
}

/** What one queue batch adds to a burst. */
export interface Addition {
  readonly pipeline: string;
  /** Names the collector if there is none yet. */
  readonly batch: string;
  /** How to gather, for whoever has to start a collector again. */
  readonly settings: Settings;
  readonly nowMs: number;
  /** The part of the batch; none when it brought the marker alone. */
  readonly part?: string;
  readonly hasMarker: boolean;
}

/** The input of `collect`, without the batch. */
export interface Settings {
  readonly pipeline: string;
  readonly quietSeconds: number;
  readonly maxWaitSeconds: number;
  readonly marker?: string;
}

/** The open burst of a pipeline, as the ledger has it. */
export interface Burst {
  /** Names the execution of `collect` that has it. */
  readonly batch: string;
  readonly parts: number;
  /** Of the collector, while it sleeps until the marker comes. */
  readonly token?: string;
}
