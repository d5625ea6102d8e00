import type { HistoryEvent } from '../local/asl/history.ts';
import type { ReportVisit } from './report/data.ts';

/** A state that was entered, and what it lies in: the Map and `item 2`, outermost first. */
export interface Visit extends ReportVisit {
  readonly path: readonly string[];
}

/** What a stretch of history told. */
export interface Told {
  readonly kind: 'entered' | 'exited';
  readonly visit: Visit;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads an execution's history, as AWS writes it, into visits of states; may be fed again as it grows. */
export class HistoryReader {
  readonly visits: Visit[] = [];
  #read = 0;
  /** The path in which each event happened: an event lies where the one before it in its chain did. */
  readonly #paths: (readonly string[])[] = [[]];
  readonly #attempts = new Map<Visit, number>();
  readonly #lastOf = new Map<string, string>();

  /** How many states were entered. */
  get transitions(): number {
    return this.visits.length;
  }

  /** @param events the whole history so far; what was read before is not read again */
  read(events: readonly HistoryEvent[]): Told[] {
    const told: Told[] = [];
    for (; this.#read < events.length; this.#read += 1) this.#one(events[this.#read]!, told);
    return told;
  }

  /** Nothing follows any more: what is still open has failed. */
  close(atMs: number): void {
    for (const visit of this.visits) {
      if (visit.status === 'running') this.#end(visit, 'failed', atMs);
    }
  }

  #one(event: HistoryEvent, told: Told[]): void {
    const atMs = event.timestamp.getTime();
    const path = this.#pathOf(event);
    this.#paths[event.id] = path;
    const chain = path.join('/');
    if (event.type.endsWith('StateEntered')) {
      const { name } = event.stateEnteredEventDetails as { name: string };
      const visit: Visit = {
        state: name,
        type: event.type.replace('StateEntered', ''),
        enteredAtMs: atMs,
        exitedAtMs: undefined,
        status: 'running',
        retries: 0,
        path,
        ...(path.length > 0 && { iteration: Number(path.at(-1)!.split(' ')[1]) - 1 }),
      };
      this.visits.push(visit);
      told.push({ kind: 'entered', visit });
    } else if (event.type.endsWith('StateExited')) {
      const { name } = event.stateExitedEventDetails as { name: string };
      const visit = this.#open(name, chain);
      const failed = /(Failed|TimedOut)$/.test(this.#lastOf.get(chain) ?? '');
      if (visit) {
        this.#end(visit, failed ? 'caught' : 'succeeded', atMs);
        told.push({ kind: 'exited', visit });
      }
    } else {
      this.#detail(event, chain);
    }
    this.#lastOf.set(chain, event.type);
  }

  #detail(event: HistoryEvent, chain: string): void {
    const visit = this.visits.findLast((one) => one.status === 'running' && one.path.join('/') === chain) as
      | Mutable<Visit>
      | undefined;
    if (visit === undefined) return;
    if (event.type === 'TaskScheduled') {
      const attempt = (this.#attempts.get(visit) ?? 0) + 1;
      this.#attempts.set(visit, attempt);
      visit.retries = attempt - 1;
    }
    const details = Object.entries(event).find(([key]) => key.endsWith('EventDetails'))?.[1] as
      | { error?: string }
      | undefined;
    if (details?.error) visit.error = details.error;
  }

  #pathOf(event: HistoryEvent): readonly string[] {
    const before = this.#paths[event.previousEventId] ?? [];
    if (event.type === 'MapIterationStarted') {
      const { name, index } = event.mapIterationStartedEventDetails as { name: string; index: number };
      return [...before, name, `item ${index + 1}`];
    }
    // What ends an item happens outside of it again, and so does all that follows.
    return /^MapIteration(Succeeded|Failed|Aborted)$/.test(event.type) ? before.slice(0, -2) : before;
  }

  #open(name: string, chain: string): Visit | undefined {
    return this.visits.findLast(
      (visit) => visit.state === name && visit.status === 'running' && visit.path.join('/') === chain,
    );
  }

  #end(visit: Visit, status: ReportVisit['status'], atMs: number): void {
    const open = visit as Mutable<Visit>;
    open.status = status;
    open.exitedAtMs = atMs;
  }
}
