import type { AbortScope } from './abort.ts';
import type { Execution } from './execution.ts';
import type { Scope } from './variables.ts';

export interface MapItem {
  readonly index: number;
  readonly value: unknown;
}

/** A state that has been entered and not left, told when its branch is given up. */
export interface OpenState {
  readonly type: string;
  /** Adds the events of what runs inside, such as iterations of a Map. */
  abortInner?: (causeEventId: number) => void;
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

  /** Adds an event that follows from this frame's last one. */
  event(type: string, details?: object): number {
    this.lastEventId = this.execution.history.add(type, this.lastEventId, details);
    return this.lastEventId;
  }

  /** Adds the events that AWS writes for a state left open when its Map, Parallel or branch ended. */
  abortOpenState(causeEventId: number): void {
    const open = this.openState;
    if (open === undefined || !ABORTABLE.has(open.type)) return;
    open.abortInner?.(causeEventId);
    this.execution.history.add(`${open.type}StateAborted`, causeEventId);
  }
}

/** The types with a `…StateAborted` event (API model: HistoryEventType). */
const ABORTABLE = new Set(['Task', 'Wait', 'Map', 'Parallel']);
