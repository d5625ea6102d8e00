import { EventFaults } from '../../faults/event-faults.ts';
import { validateInput } from '../../models/validate.ts';
import type { Random } from '../../random.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { deleteRule } from './delete-rule.ts';
import { deliver } from './delivery.ts';
import { describeRule } from './describe-rule.ts';
import { listEventBuses } from './list-event-buses.ts';
import { listRules } from './list-rules.ts';
import { listTargetsByRule } from './list-targets-by-rule.ts';
import { putEvents } from './put-events.ts';
import { putRule } from './put-rule.ts';
import { putTargets } from './put-targets.ts';
import { removeTargets } from './remove-targets.ts';
import type { EventEnvelope, Rule, Target } from './rule.ts';
import { setRuleState } from './set-rule-state.ts';
import { testEventPattern } from './test-event-pattern.ts';

/** From a service's event to the first attempt at a target. AWS says "typically half a second". */
const LATENCY_MS = 500;

/** What a service says; the envelope is added here. */
export interface EmittedEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources?: readonly string[];
  /** The event's own: what the service does to its records later must not reach it. */
  readonly detail: unknown;
  /** Epoch milliseconds; now, if left out. */
  readonly time?: number;
}

export interface RuleSpec {
  readonly name: string;
  /** A pattern as an object or as JSON text. */
  readonly eventPattern: object | string;
  readonly targets?: readonly Target[];
  readonly state?: 'ENABLED' | 'DISABLED';
  readonly description?: string;
}

/** The account's default event bus. */
export class EventBridge implements Service {
  readonly rules = new Map<string, Rule>();
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #world: World;
  readonly #ids: Random;
  readonly #faults: EventFaults;

  constructor(world: World) {
    this.#world = world;
    this.#faults = new EventFaults(world);
    this.#ids = world.random.stream('events/ids');
    this.operations = {
      DeleteRule: deleteRule(this),
      DescribeRule: describeRule(this, world),
      DisableRule: setRuleState(this, 'DISABLED'),
      EnableRule: setRuleState(this, 'ENABLED'),
      ListEventBuses: listEventBuses(world),
      ListRules: listRules(this),
      ListTargetsByRule: listTargetsByRule(this),
      PutEvents: putEvents(this),
      PutRule: putRule(this, world),
      PutTargets: putTargets(this, world),
      RemoveTargets: removeTargets(this),
      TestEventPattern: testEventPattern,
    };
  }

  /** Builds a rule with its targets, as a template does, and as strictly as by calls. */
  putRule({ name, eventPattern, targets = [], state, description }: RuleSpec): Rule {
    const asText = typeof eventPattern === 'string' ? eventPattern : JSON.stringify(eventPattern);
    const person = { arn: `arn:aws:iam::${this.#world.accountId}:root`, via: 'person' } as const;
    const put = (operation: string, input: object): void => {
      validateInput('events', operation, input);
      this.operations[operation]!(input, person);
    };
    put('PutRule', { Name: name, EventPattern: asText, State: state, Description: description });
    if (targets.length > 0) put('PutTargets', { Rule: name, Targets: targets });
    return this.rules.get(name)!;
  }

  /**
   * Sends an event on its way, as an AWS service does: whether it arrives, twice
   * or late, is up to the scenario; the rules are asked when it arrives.
   *
   * @returns the event's id
   */
  emit(event: EmittedEvent): string {
    const envelope = this.#envelope(event);
    this.#faults.send(
      envelope,
      () => this.#envelope(event),
      (sent, delaySeconds) => this.#arrive(sent, delaySeconds),
    );
    return envelope.id;
  }

  /** The id of an event that was sent to a bus that is not here. */
  vanish(): string {
    return this.#ids.uuid();
  }

  #envelope({ source, detailType, resources = [], detail, time }: EmittedEvent): EventEnvelope {
    const at = new Date(time ?? this.#world.clock.now());
    return {
      version: '0',
      id: this.#ids.uuid(),
      'detail-type': detailType,
      source,
      account: this.#world.accountId,
      time: `${at.toISOString().slice(0, 19)}Z`,
      region: this.#world.region,
      resources,
      detail,
    };
  }

  #arrive(event: EventEnvelope, delaySeconds: number): void {
    const { clock } = this.#world;
    clock.at(clock.now() + LATENCY_MS + delaySeconds * 1000, () => {
      for (const rule of this.rules.values()) {
        if (rule.state === 'DISABLED' || !rule.matches(event)) continue;
        for (const target of rule.targets.values()) void deliver(this.#world, rule, target, event);
      }
    });
  }
}
