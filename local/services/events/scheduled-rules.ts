import type { Timer } from '../../clock/clock.ts';
import type { World } from '../../world.ts';
import type { Timetable } from '../scheduler/expression/expression.ts';
import type { Rule } from './rule.ts';

/** What makes rules with a schedule speak when it is time. */
export class ScheduledRules {
  readonly #world: World;
  readonly #fire: (rule: Rule, dueMs: number) => void;
  readonly #timers = new Map<string, Timer>();

  constructor(world: World, fire: (rule: Rule, dueMs: number) => void) {
    this.#world = world;
    this.#fire = fire;
  }

  /**
   * A rate begins to count when the rule is put or switched on, so its first event comes one period later.
   * The timers are background ones: a rule that speaks for ever must not keep the clock going.
   */
  put(rule: Rule): void {
    this.remove(rule);
    if (rule.timetable === undefined || rule.state === 'DISABLED') return;
    this.#wait(rule, rule.timetable, this.#world.clock.now());
  }

  remove({ name }: Pick<Rule, 'name'>): void {
    this.#timers.get(name)?.cancel();
    this.#timers.delete(name);
  }

  #wait(rule: Rule, timetable: Timetable, anchorMs: number): void {
    const { clock } = this.#world;
    const dueMs = timetable.next(clock.now(), anchorMs);
    if (dueMs === undefined) return;
    const speak = (): void => {
      this.#wait(rule, timetable, anchorMs);
      this.#fire(rule, dueMs);
    };
    this.#timers.set(rule.name, clock.at(dueMs, speak, { background: true }));
  }
}
