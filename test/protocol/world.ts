/**
 * One state of the protocol: the turn's item, the endpoint, and where each execution stands.
 *
 * Executions are numbered from 1: first the releases in order of rank, then the attempts that redriving a release
 * adds, then the settlers. A config has the number of the execution that made it; 0 is the champion of before. The
 * config of an execution's trial comes after all of them: champion and challenger beside each other.
 * The fence is no number here: it only grows and is only compared for equality, so an execution remembers either
 * the present one (`knowsFence`) or one that is past for ever.
 */
import { byteView } from './byte-view.ts';

export type Policy = 'newest' | 'queue' | 'cancel';

/** A part of the protocol to leave out, to see that it is needed. */
export type Omission =
  | 'fence of CHECK'
  | 'CHECK after a redrive'
  | 'time-outs'
  | 'fence of TAKE OVER'
  | 'deleting the config'
  | 'the minute of waiting'
  | 'restoring'
  | 'reading after RAISE'
  | 'CHECK within a trial'
  | 'CHECK before weighing'
  | 'the minute after a trial'
  | 'a turn that is not shifting';

/** How every release shifts: all requests in steps of our own, or after copies that nobody is answered with. */
export type Trial = 'weights' | 'shadow';

export interface Size {
  readonly releases: number;
  /** How many times anybody stops an execution, in all. */
  readonly aborts: number;
  readonly redrives: number;
  /** What people redrive: the execution itself, its release (which starts another execution), or either. */
  readonly redriven?: 'itself' | 'the release';
  /** How many waiters may reach their deadline, in all. */
  readonly deadlines?: number;
  /** How many times what served cannot be brought back, in all: the mark stays, and a person is called. */
  readonly giveUps?: number;
  /** How many settlers may run at a time. */
  readonly settlers?: number;
  /** Of each release in order of rank; `newest` where none is named. */
  readonly policies?: readonly Policy[];
  /** What each release does before it shifts: several acts one after another, by a machine that its deployment starts. */
  readonly trials?: Trial;
  readonly without?: Omission;
  /** Fewer accidents: each stop is told at most once, and of late calls only those to the endpoint land. */
  readonly isCoarse?: boolean;
}

export const OUTCOME = { NONE: 0, LIVE: 1, SUPERSEDED: 2, FAILED: 3, ROLLED_BACK: 4 } as const;

export const STATUS = {
  RUNNING: 0,
  /** Stopped, but a call of it may still be under way. */
  STOPPED: 1,
  /** The machine of a trial that nobody waits for any more; it goes on, and knows nothing of it. */
  ORPHANED: 2,
  DEAD: 3,
  ENDED: 4,
} as const;

const Turn = byteView(['holder', 'next', 'waiters', 'liveRank', 'live', 'shifting', 'floorRank']);
/**
 * `updating` and `gone` hold a bit for each config; at most one is updating. `proven`: a bit for each release.
 * `weight`: whether the challenger of a trial has the requests, and `toWeight` whether it will after the update.
 */
const Endpoint = byteView(['serves', 'updating', 'gone', 'proven', 'weight', 'toWeight']);
const Left = byteView(['aborts', 'redrives', 'deadlines', 'giveUps']);

const EXECUTION_FIELDS = [
  'step',
  'status',
  'knowsFence',
  'hasNote',
  /** The release of an attempt; whom a settler settles. */
  'of',
  /** That of the release; a settler takes over the rank of whom it settles. */
  'rank',
  /** Of the turn's item as it was read last: the holder, who is first in line, next and the waiters. */
  'sawHolder',
  'sawFirst',
  'sawNext',
  'sawWaiters',
  /** What it is going to tell. */
  'conclusion',
  /** What is recorded of the release; kept with its first attempt. */
  'outcome',
  /** Was stopped at some time, so an event of it may still come. */
  'wasStopped',
  /** Stopped in favour of a newer intent. */
  'isSuperseded',
] as const;
const ExecutionView = byteView(EXECUTION_FIELDS);

export class Execution extends ExecutionView {
  readonly id: number;
  readonly isSettler: boolean;

  constructor(bytes: Uint8Array, start: number, id: number, isSettler: boolean) {
    super(bytes, start);
    this.id = id;
    this.isSettler = isSettler;
  }

  get isRunning(): boolean {
    return this.status === STATUS.RUNNING;
  }
}

export class World {
  readonly size: Size;
  readonly bytes: Uint8Array;
  readonly turn: InstanceType<typeof Turn>;
  readonly endpoint: InstanceType<typeof Endpoint>;
  readonly left: InstanceType<typeof Left>;
  readonly executions: readonly Execution[];
  /** The releases' executions, later attempts included. */
  readonly attempts: readonly Execution[];
  readonly settlers: readonly Execution[];
  /** Of each attempt the machine of its trial, once that goes on alone: at step 0 there is none. */
  readonly orphans: readonly Execution[];
  /** What the last step did that nothing may do. */
  wrong: string | undefined;

  constructor(size: Size) {
    const attempts = size.releases + (size.redriven === 'itself' ? 0 : size.redrives);
    const count = attempts + (size.settlers ?? 1);
    const executionsStart = 17;
    if (size.trials && count + attempts > 7)
      throw new Error('A byte has no bit for each config and each trial.');
    this.size = size;
    const records = count + (size.trials ? attempts : 0);
    this.bytes = new Uint8Array(executionsStart + records * EXECUTION_FIELDS.length);
    this.turn = new Turn(this.bytes, 0);
    this.endpoint = new Endpoint(this.bytes, 7);
    this.left = new Left(this.bytes, 13);
    const record = (place: number, id: number) => {
      const start = executionsStart + place * EXECUTION_FIELDS.length;
      return new Execution(this.bytes, start, id, id > attempts);
    };
    this.executions = Array.from({ length: count }, (_, index) => record(index, index + 1));
    // It acts in the name of its deployment, so it has the number of that.
    this.orphans = Array.from({ length: records - count }, (_, index) => record(count + index, index + 1));
    this.attempts = this.executions.slice(0, attempts);
    this.settlers = this.executions.slice(attempts);

    for (const first of this.executions.slice(0, size.releases)) {
      first.of = first.id;
      first.rank = first.id;
    }
    this.left.aborts = size.aborts;
    this.left.redrives = size.redrives;
    this.left.deadlines = size.deadlines ?? 0;
    this.left.giveUps = size.giveUps ?? 0;
  }

  execution(id: number): Execution {
    return this.executions[id - 1]!;
  }

  rankOf(id: number): number {
    return id === 0 ? 0 : this.execution(this.makerOf(id)).rank;
  }

  /** The config of an execution's trial. */
  trialOf(id: number): number {
    return this.executions.length + id;
  }

  /** Who made a config, for its trial or for itself. */
  makerOf(config: number): number {
    return config > this.executions.length ? config - this.executions.length : config;
  }

  policyOf(execution: Execution): Policy {
    return this.size.policies?.[execution.rank - 1] ?? 'newest';
  }

  lacks(omission: Omission): boolean {
    return this.size.without === omission;
  }

  /** Whether the last step raised the fence. */
  hasRaisedFence = false;

  /** The fence goes up: whatever anybody remembers is past. */
  raiseFence(): void {
    this.hasRaisedFence = true;
    for (const execution of this.executions) execution.knowsFence = 0;
    for (const orphan of this.orphans) orphan.knowsFence = 0;
  }
}

export const bit = (number: number): number => 1 << number;
