import type { Random } from '../../../random.ts';
import { FleetUnreachableError, InvocationTimedOutError } from '../../../runners/fleets/errors.ts';
import type { Fleet, Invocation, InvocationAnswer } from '../../../runners/runner.ts';
import type { World } from '../../../world.ts';
import { FleetMeter } from './fleet-meter.ts';
import type { RequestLog } from './request-log.ts';
import { SimulatedTraffic } from './simulated-traffic.ts';

/** One fleet's place at the router. */
export interface Slot {
  readonly variantName: string;
  readonly configName: string;
  readonly fleet: Fleet;
  readonly meter: FleetMeter;
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
 * no request fails because fleets change.
 */
export class Router {
  readonly #world: World;
  readonly #endpointName: string;
  readonly #log: RequestLog;
  readonly #random: Random;
  readonly #traffic: SimulatedTraffic;
  readonly #weights = new Map<string, number>();
  #slots: Slot[] = [];

  constructor(world: World, endpointName: string, log: RequestLog) {
    this.#world = world;
    this.#endpointName = endpointName;
    this.#log = log;
    this.#random = world.random.stream(`endpoints/router/${endpointName}`);
    this.#traffic = new SimulatedTraffic(world.clock, () => this.#fractions());
  }

  /** Takes a ready fleet in, without traffic. */
  add(variantName: string, configName: string, fleet: Fleet): Slot {
    const meter = new FleetMeter(this.#world, this.#log, this.#endpointName, variantName, configName);
    const slot: Slot = { variantName, configName, fleet, meter, share: 0, underWay: 0 };
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
      (other) => other !== slot && other.variantName === slot.variantName && other.share > 0,
    );
    const theirs = others.reduce((sum, other) => sum + other.share, 0);
    for (const other of others) other.share *= (1 - share) / theirs;
    slot.share = share;
  }

  setWeight(variantName: string, weight: number): void {
    this.#weights.set(variantName, weight);
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
    await slot.fleet.stop();
  }

  /** Whether any fleet takes requests (of this variant). */
  serves(variantName?: string): boolean {
    return this.#fractions().some(([slot]) => variantName === undefined || slot.variantName === variantName);
  }

  /** Sends one request to a fleet; `serves` must be true. */
  async invoke(invocation: Invocation, targetVariant?: string): Promise<Routed> {
    const slot = this.#choose(targetVariant);
    const variantName = slot.variantName;
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

  /** Retires every fleet. */
  async close(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.retire(slot)));
    this.#traffic.close();
  }

  #measure(slot: Slot, outcome: { statusCode: number; modelLatencyMs?: number; overheadMs: number }): void {
    // Real time spent here would differ from run to run; on the virtual clock only modelled time counts.
    const overheadMs = this.#world.clock.kind === 'virtual' ? 1 : outcome.overheadMs;
    slot.meter.record({ ...outcome, overheadMs }, this.#world.clock.now());
  }

  #choose(targetVariant: string | undefined): Slot {
    const candidates = this.#fractions().filter(
      ([slot]) => targetVariant === undefined || slot.variantName === targetVariant,
    );
    const total = candidates.reduce((sum, [, fraction]) => sum + fraction, 0);
    let point = this.#random.number() * total;
    for (const [slot, fraction] of candidates) {
      point -= fraction;
      if (point < 0) return slot;
    }
    return candidates.at(-1)![0];
  }

  /** Each serving fleet with its fraction of the endpoint's requests. */
  #fractions(): (readonly [Slot, number])[] {
    const serving = this.#slots.filter(({ share }) => share > 0);
    const total = [...new Set(serving.map(({ variantName }) => variantName))].reduce(
      (sum, name) => sum + (this.#weights.get(name) ?? 1),
      0,
    );
    if (total === 0) return [];
    return serving.map(
      (slot) => [slot, (slot.share * (this.#weights.get(slot.variantName) ?? 1)) / total] as const,
    );
  }
}
