import type { Clock, Timer } from '../../../clock/clock.ts';
import { MINUTE_MS, minuteOf, openMinute } from '../../cloudwatch/metric-store.ts';
import type { SteadyMinute } from './fleet-meter.ts';
import type { Slot } from './router.ts';

/** What a modelled answer spends outside the container. */
const OVERHEAD_MS = 1;

/** Makes up for rounding. */
const A_MILLIONTH = 1e-6;

interface Carry {
  requests: number;
  errors: number;
}

/**
 * The requests of a simulated endpoint's clients. Nobody sends them one by one:
 * at the last millisecond of each minute, and before each change of traffic,
 * every fleet's share since the last time is counted at once. Fractions are
 * carried on, so that no request is lost or invented. While each minute is like
 * the last one, nothing is counted but the minutes: no timer until the next change.
 */
export class SimulatedTraffic {
  readonly #clock: Clock;
  readonly #slots: () => readonly (readonly [slot: Slot, fraction: number])[];
  readonly #carries = new Map<Slot, Carry>();
  #countedUntilMs: number;
  #timer: Timer | undefined;
  /** How to end the repetition of each fleet's minute. */
  #repeating: readonly (() => void)[] | undefined;

  /** @param slots the fleets that serve now with their fractions of the endpoint's requests */
  constructor(clock: Clock, slots: () => readonly (readonly [slot: Slot, fraction: number])[]) {
    this.#clock = clock;
    this.#slots = slots;
    this.#countedUntilMs = clock.now();
  }

  /** Counts what has come until now. Call it before the fractions change. */
  count(untilMs = this.#clock.now()): void {
    this.#stopRepeating();
    const nowMs = this.#clock.now();
    const minutes = (untilMs - this.#countedUntilMs) / MINUTE_MS;
    if (minutes <= 0) return;
    this.#countedUntilMs = untilMs;
    const requests = minutes * this.#requestsPerMinute();
    if (requests === 0) return;
    for (const [slot, fraction] of this.#slots()) this.#serve(slot, requests * fraction, nowMs);
  }

  /** Starts or stops counting by the minute. Call it after the fleets have changed. */
  arm(): void {
    if (this.#requestsPerMinute() === 0) {
      this.close();
      return;
    }
    if (this.#timer !== undefined || this.#repeating !== undefined) return;
    const dueMs = minuteOf(this.#clock.now() + 1) + MINUTE_MS - 1;
    this.#timer = this.#clock.at(
      dueMs,
      () => {
        this.#timer = undefined;
        // The minute is taken as whole, so that 60 requests a minute are 60 and not 59.999.
        this.count(dueMs + 1);
        if (!this.#repeat()) this.arm();
      },
      { background: true },
    );
  }

  close(): void {
    this.#stopRepeating();
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** At the end of a minute: lets the next ones be like it if each fleet's share is whole. */
  #repeat(): boolean {
    const perMinute = this.#requestsPerMinute();
    const minutes: [Slot, SteadyMinute][] = [];
    for (const [slot, fraction] of this.#slots()) {
      const requests = Math.round(perMinute * fraction);
      const expectedErrors = requests * (slot.fleet.traffic?.errorShare ?? 0);
      const errors = Math.round(expectedErrors);
      if (!isAbout(perMinute * fraction, requests) || !isAbout(expectedErrors, errors)) return false;
      const modelLatencyMs = slot.fleet.traffic?.latencyMs ?? 0;
      minutes.push([slot, { requests, errors, modelLatencyMs, overheadMs: OVERHEAD_MS }]);
    }
    this.#repeating = minutes.map(([slot, minute]) => slot.meter.repeat(minute));
    return true;
  }

  #stopRepeating(): void {
    if (this.#repeating === undefined) return;
    for (const stop of this.#repeating) stop();
    this.#repeating = undefined;
    this.#countedUntilMs = openMinute(this.#clock);
  }

  /** What clients send; copies for a shadow come on top and are nobody's wish. */
  #requestsPerMinute(): number {
    const answering = this.#slots().filter(([{ variant }]) => !variant.isShadow);
    return Math.max(0, ...answering.map(([{ fleet }]) => fleet.traffic?.requestsPerMinute ?? 0));
  }

  #serve(slot: Slot, expected: number, atMs: number): void {
    const carry = this.#carries.get(slot) ?? { requests: 0, errors: 0 };
    this.#carries.set(slot, carry);
    const requests = take(carry, 'requests', expected);
    const errors = take(carry, 'errors', requests * (slot.fleet.traffic?.errorShare ?? 0));
    const outcome = { modelLatencyMs: slot.fleet.traffic?.latencyMs ?? 0, overheadMs: OVERHEAD_MS };
    if (requests > errors) slot.meter.record({ ...outcome, statusCode: 200 }, atMs, requests - errors);
    if (errors > 0) slot.meter.record({ ...outcome, statusCode: 500 }, atMs, errors);
  }
}

const isAbout = (value: number, whole: number): boolean => Math.abs(value - whole) < A_MILLIONTH;

/** Whole ones of `expected` and of what was left before. */
function take(carry: Carry, name: keyof Carry, expected: number): number {
  const sum = carry[name] + expected;
  const whole = Math.floor(sum + A_MILLIONTH);
  carry[name] = sum - whole;
  return whole;
}
