import { compilePattern } from '../services/events/pattern/pattern.ts';
import type { EventEnvelope } from '../services/events/rule.ts';
import type { World } from '../world.ts';
import type { EventFault } from './faults.ts';
import { type Turn, turn } from './turns.ts';

type Arrive = (event: EventEnvelope, delaySeconds: number) => void;

interface Entry {
  readonly fault: EventFault;
  readonly matches: (event: EventEnvelope) => boolean;
  readonly isMeant: Turn;
}

/** An event that lets the next one pass. */
interface Waiting {
  readonly entry: Entry;
  arrive(): void;
}

const REORDER_SECONDS = 60;

/** The way of events from the services to EventBridge, and what the scenario lets happen on it. */
export class EventFaults {
  readonly #world: World;
  #list: readonly EventFault[] | undefined;
  #entries: Entry[] = [];
  #waiting: Waiting[] = [];

  /** @throws AwsError InvalidEventPatternException for a pattern that no rule could have */
  constructor(world: World) {
    this.#world = world;
    this.#read();
  }

  /** @param again makes the same event under another id */
  send(event: EventEnvelope, again: () => EventEnvelope, arrive: Arrive): void {
    if (this.#world.scenario.events !== this.#list) this.#read();
    const name = `${event.source} "${event['detail-type']}" ${event.id}`;
    const tell = (what: string): void => this.#world.journal.write('events', what);
    const overtaken = this.#waiting.filter(({ entry }) => entry.matches(event));
    const fate = this.#world.scenario.event?.(event) ?? 'deliver';
    const entry = this.#dueAt(event);
    const { kind, seconds } = fate === 'deliver' ? ofFault(entry) : ofFate(fate);
    switch (kind) {
      case 'drop':
        tell(`lost ${name}`);
        return;
      case 'double': {
        arrive(event, 0);
        // A service that says a thing twice says it under two ids.
        const second = again();
        tell(`sends ${name} again as ${second.id}`);
        arrive(second, 0);
        break;
      }
      case 'delay':
        arrive(event, seconds);
        tell(`delays ${name} by ${seconds} s`);
        break;
      case 'reorder':
        tell(`keeps ${name} until the next has passed`);
        this.#keep(entry!, event, seconds, arrive);
        return;
      default:
        arrive(event, 0);
    }
    for (const waiting of overtaken) waiting.arrive();
  }

  #keep(entry: Entry, event: EventEnvelope, seconds: number, arrive: Arrive): void {
    const { clock } = this.#world;
    const waiting: Waiting = {
      entry,
      arrive: () => {
        timer.cancel();
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        arrive(event, 0);
      },
    };
    const timer = clock.at(clock.now() + seconds * 1000, waiting.arrive);
    this.#waiting.push(waiting);
  }

  #dueAt(event: EventEnvelope): Entry | undefined {
    let due: Entry | undefined;
    for (const entry of this.#entries) {
      if (entry.matches(event) && entry.isMeant()) due ??= entry;
    }
    return due;
  }

  #read(): void {
    const list = this.#world.scenario.events;
    this.#list = list;
    this.#entries = (list ?? []).map((fault, index) => {
      const { pattern, event: first, times, share } = fault;
      return {
        fault,
        matches: pattern === undefined ? () => true : compilePattern(JSON.stringify(pattern)),
        isMeant: turn(() => this.#world.random.stream(`faults/events/${index}`), { first, times, share }),
      };
    });
  }
}

interface Fate {
  readonly kind: EventFault['kind'] | 'deliver';
  readonly seconds: number;
}

const ofFate = (fate: 'deliver' | 'drop' | 'double' | number): Fate =>
  typeof fate === 'number' ? { kind: 'delay', seconds: fate } : { kind: fate, seconds: 0 };

const ofFault = (entry: Entry | undefined): Fate => {
  if (entry === undefined) return { kind: 'deliver', seconds: 0 };
  const { fault } = entry;
  const seconds = 'seconds' in fault && fault.seconds !== undefined ? fault.seconds : REORDER_SECONDS;
  return { kind: fault.kind, seconds };
};
