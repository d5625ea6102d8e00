import { FleetUnreachableError, InvocationTimedOutError } from '../../../runners/fleets/errors.ts';
import type { Fleet, Invocation, InvocationAnswer } from '../../../runners/runner.ts';
import type { World } from '../../../world.ts';
import { EvenChance } from './even-chance.ts';
import { FleetMeter } from './fleet-meter.ts';
import type { InstanceMeter } from './instance-meter.ts';
import type { RequestLog } from './request-log.ts';
import { SimulatedTraffic } from './simulated-traffic.ts';
import { Weights } from './weights.ts';

/** What the router has to know of a variant. */
export interface Served {
  readonly name: string;
  /** Gets copies of requests; its answers reach nobody. */
  readonly isShadow: boolean;
}

/** One fleet's place at the router. */
export interface Slot {
  readonly variant: Served;
  readonly configName: string;
  readonly fleet: Fleet;
  readonly meter: FleetMeter;
  /** What its instances tell of themselves, while they are there. */
  instances?: InstanceMeter;
  /** Its part of the variant's requests, 0 to 1. */
  share: number;
  underWay: number;
  whenIdle?: () => void;
}

export type Routed =
  | { readonly kind: 'answered'; readonly variantName: string; readonly answer: InvocationAnswer }
  | { readonly kind: 'unreachable' | 'timed-out'; readonly variantName: string };

/**
 * Sends an endpoint's requests to its fleets: by weight to a variant, by share
 * to one of the variant's fleets. All shares change at once between two
 * requests, and a fleet is stopped only when its last request is answered, so
 * no request fails because fleets change. A shadow gets copies of what the
 * others get; nobody waits for it.
 */
export class Router {
  readonly #world: World;
  readonly #endpointName: string;
  readonly #log: RequestLog;
  readonly #choice: EvenChance;
  readonly #sample: EvenChance;
  readonly #traffic: SimulatedTraffic;
  readonly #weights = new Weights();
  #slots: Slot[] = [];

  constructor(world: World, endpointName: string, log: RequestLog) {
    this.#world = world;
    this.#endpointName = endpointName;
    this.#log = log;
    this.#choice = new EvenChance(world.random.stream(`endpoints/router/${endpointName}`));
    this.#sample = new EvenChance(world.random.stream(`endpoints/shadow/${endpointName}`));
    this.#traffic = new SimulatedTraffic(world.clock, () => this.#weights.fractions(this.#slots));
  }

  /** Takes a ready fleet in, without traffic. */
  add(variant: Served, configName: string, fleet: Fleet): Slot {
    const meter = new FleetMeter(this.#world, this.#log, this.#endpointName, variant, configName);
    const slot: Slot = { variant, configName, fleet, meter, share: 0, underWay: 0 };
    this.#slots.push(slot);
    return slot;
  }

  /** One change of shares and weights, seen by the next request as a whole. */
  change(set: () => void): void {
    this.#traffic.count();
    set();
    this.#traffic.arm();
  }

  /** Gives a fleet this share of its variant's requests; the variant's other fleets keep the rest in proportion. */
  give(slot: Slot, share: number): void {
    const others = this.#slots.filter(
      (other) => other !== slot && isSame(other.variant, slot.variant) && other.share > 0,
    );
    const theirs = others.reduce((sum, other) => sum + other.share, 0);
    for (const other of others) other.share *= (1 - share) / theirs;
    slot.share = share;
  }

  setWeight(variant: Served, weight: number): void {
    this.#weights.set(variant, weight);
  }

  /** Gives a fleet no more requests, waits for those under way, and stops it. */
  async retire(slot: Slot): Promise<void> {
    this.change(() => {
      slot.share = 0;
      this.#slots = this.#slots.filter((other) => other !== slot);
    });
    if (slot.underWay > 0) {
      await new Promise<void>((resolve) => {
        slot.whenIdle = resolve;
      });
    }
    slot.instances?.stop();
    await slot.fleet.stop();
  }

  /** Whether any fleet takes requests, or one of this variant those that name it. */
  serves(variantName?: string): boolean {
    return this.#candidates(variantName).length > 0;
  }

  /** Sends one request to a fleet; `serves` must be true. */
  async invoke(invocation: Invocation, targetVariant?: string): Promise<Routed> {
    const slot = choose(this.#candidates(targetVariant), this.#choice);
    this.#copy(invocation);
    return this.#send(slot, invocation);
  }

  /** Retires every fleet. */
  async close(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.retire(slot)));
    this.#traffic.close();
  }

  /** A shadow that breaks breaks nothing else. */
  #copy(invocation: Invocation): void {
    for (const [slot, fraction] of this.#weights.fractions(this.#slots)) {
      if (!slot.variant.isShadow || this.#sample.number() >= fraction) continue;
      this.#send(slot, invocation).catch(({ message }: Error) =>
        this.#world.journal.write(
          `sagemaker/endpoint/${this.#endpointName}`,
          `shadow ${slot.variant.name}: ${message}`,
        ),
      );
    }
  }

  async #send(slot: Slot, invocation: Invocation): Promise<Routed> {
    const variantName = slot.variant.name;
    const started = performance.now();
    slot.underWay += 1;
    try {
      const answer = await slot.fleet.invoke(invocation);
      const overheadMs = Math.max(0, performance.now() - started - answer.latencyMs);
      this.#measure(slot, { statusCode: answer.statusCode, modelLatencyMs: answer.latencyMs, overheadMs });
      return { kind: 'answered', variantName, answer };
    } catch (error) {
      if (error instanceof FleetUnreachableError) {
        this.#measure(slot, { statusCode: 503, overheadMs: 0 });
        return { kind: 'unreachable', variantName };
      }
      if (error instanceof InvocationTimedOutError) {
        this.#measure(slot, { statusCode: 0, modelLatencyMs: error.limitMs, overheadMs: 0 });
        return { kind: 'timed-out', variantName };
      }
      throw error;
    } finally {
      slot.underWay -= 1;
      if (slot.underWay === 0) slot.whenIdle?.();
    }
  }

  #measure(slot: Slot, outcome: { statusCode: number; modelLatencyMs?: number; overheadMs: number }): void {
    // Real time spent here would differ from run to run; on the virtual clock only modelled time counts.
    const overheadMs = this.#world.clock.kind === 'virtual' ? 1 : outcome.overheadMs;
    slot.meter.record({ ...outcome, overheadMs }, this.#world.clock.now());
  }

  /** Fleets that may answer, with their fractions. A variant of weight 0 answers only who names it. */
  #candidates(targetVariant: string | undefined): (readonly [Slot, number])[] {
    const answering = this.#weights.fractions(this.#slots).filter(([{ variant }]) => !variant.isShadow);
    if (targetVariant === undefined) return answering.filter(([, fraction]) => fraction > 0);
    return answering
      .filter(([{ variant }]) => variant.name === targetVariant)
      .map(([slot]) => [slot, slot.share] as const);
  }
}

export const isSame = (one: Served, other: Served): boolean =>
  one.name === other.name && one.isShadow === other.isShadow;

function choose(candidates: readonly (readonly [Slot, number])[], chance: EvenChance): Slot {
  const total = candidates.reduce((sum, [, fraction]) => sum + fraction, 0);
  let point = chance.number() * total;
  for (const [slot, fraction] of candidates) {
    point -= fraction;
    if (point < 0) return slot;
  }
  return candidates.at(-1)![0];
}
