import type { AbortScope } from './abort.ts';
import type { Data } from './data.ts';
import type { Execution } from './execution.ts';
import type { State } from './machine.ts';
import type { Scope } from './variables.ts';

export interface MapItem {
  readonly index: number;
  readonly value: unknown;
  /** The member's name, where a Map goes over an object. */
  readonly key?: string;
  /** `S3://bucket/key` for items that a distributed Map reads; else they are the state's own data. */
  readonly source?: string;
}

/** A state that has been entered and not left, told when its branch is given up. */
export interface OpenState {
  readonly state: State;
  readonly input: Data;
  readonly enteredEventId: number;
  readonly enteredMs: number;
  /** Adds the events of what runs inside, such as iterations of a Map. */
  abortInner: ((causeEventId: number) => void) | undefined;
  /** What the state needs to go on after a redrive: threads inside it, a child execution. */
  kept: unknown;
}

/** Where a thread stands: in a state, or before one that it had no right to enter any more. */
export interface Place {
  readonly name: string;
  readonly input: Data;
  readonly open?: OpenState;
}

/**
 * One thread of an execution: the workflow itself, a Parallel branch or a Map
 * iteration. Each knows its own last event, which its next one names as previous.
 */
export class Frame {
  readonly execution: Execution;
  readonly scope: Scope;
  readonly abort: AbortScope;
  readonly mapItem: MapItem | undefined;
  lastEventId: number;
  openState: OpenState | undefined;
  /** Where the thread was stopped between two states. */
  stoppedBefore: Place | undefined;
  /** Where to go on instead of at the first state, until that state is entered. */
  resumesAt: Place | undefined;

  constructor(parts: {
    execution: Execution;
    scope: Scope;
    abort: AbortScope;
    mapItem?: MapItem | undefined;
    lastEventId: number;
  }) {
    this.execution = parts.execution;
    this.scope = parts.scope;
    this.abort = parts.abort;
    this.mapItem = parts.mapItem;
    this.lastEventId = parts.lastEventId;
  }

  /** The same thread for a redrive: with the variables it had, in the state where it stood. */
  resumed(abort: AbortScope, lastEventId: number): Frame {
    const { execution, scope, mapItem, openState: open } = this;
    const frame = new Frame({ execution, scope, abort, mapItem, lastEventId });
    frame.resumesAt =
      open === undefined
        ? (this.stoppedBefore ?? this.resumesAt)
        : { name: open.state.name, input: open.input, open };
    return frame;
  }

  /** Adds an event that follows from this frame's last one. */
  event(type: string, details?: object): number {
    this.lastEventId = this.execution.history.add(type, this.lastEventId, details);
    return this.lastEventId;
  }

  /** Adds the events that AWS writes for a state left open when its Map, Parallel or branch ended. */
  abortOpenState(causeEventId: number): void {
    const open = this.openState;
    if (open === undefined || !ABORTABLE.has(open.state.type)) return;
    open.abortInner?.(causeEventId);
    this.execution.history.add(`${open.state.type}StateAborted`, causeEventId);
  }
}

/** The types with a `…StateAborted` event (API model: HistoryEventType). */
const ABORTABLE = new Set(['Task', 'Wait', 'Map', 'Parallel']);
