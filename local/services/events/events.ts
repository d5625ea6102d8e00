import { EventFaults } from '../../faults/event-faults.ts';
import { validateInput } from '../../models/validate.ts';
import type { Random } from '../../random.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { type Bus, busName, DEFAULT_BUS, noSuchBus } from './bus.ts';
import { createEventBus } from './create-event-bus.ts';
import { deleteEventBus } from './delete-event-bus.ts';
import { deleteRule } from './delete-rule.ts';
import { deliver } from './delivery.ts';
import { describeEventBus } from './describe-event-bus.ts';
import { describeRule } from './describe-rule.ts';
import { listEventBuses } from './list-event-buses.ts';
import { listRules } from './list-rules.ts';
import { listTargetsByRule } from './list-targets-by-rule.ts';
import { putEvents } from './put-events.ts';
import { putPermission } from './put-permission.ts';
import { putRule } from './put-rule.ts';
import { putTargets } from './put-targets.ts';
import { removePermission } from './remove-permission.ts';
import { removeTargets } from './remove-targets.ts';
import { type EventEnvelope, noSuchRule, type Rule, type Target } from './rule.ts';
import { ScheduledRules } from './scheduled-rules.ts';
import { setRuleState } from './set-rule-state.ts';
import { testEventPattern } from './test-event-pattern.ts';

/** From a service's event to the first attempt at a target. AWS says "typically half a second". */
const LATENCY_MS = 500;

/** What a service says; the envelope is added here. */
export interface EmittedEvent {
  /** The name of a bus that is there; the default bus, if left out. */
  readonly bus?: string;
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
  readonly eventBusName?: string;
  /** A pattern as an object or as JSON text. */
  readonly eventPattern?: object | string;
  readonly scheduleExpression?: string;
  readonly targets?: readonly Target[];
  readonly state?: 'ENABLED' | 'DISABLED';
  readonly description?: string;
}

/** The account's event buses and their rules. */
export class EventBridge implements Service {
  readonly buses = new Map<string, Bus>();
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #world: World;
  readonly #ids: Random;
  readonly #faults: EventFaults;
  readonly #scheduled: ScheduledRules;

  constructor(world: World) {
    this.#world = world;
    this.#scheduled = new ScheduledRules(world, (rule, dueMs) => this.#speak(rule, dueMs));
    this.addBus(DEFAULT_BUS);
    this.#faults = new EventFaults(world);
    this.#ids = world.random.stream('events/ids');
    this.operations = {
      CreateEventBus: (input) => createEventBus(this, input),
      DeleteEventBus: (input) => deleteEventBus(this, input),
      DeleteRule: deleteRule(this),
      DescribeEventBus: (input) => describeEventBus(this, input),
      DescribeRule: describeRule(this, world),
      DisableRule: setRuleState(this, 'DISABLED'),
      EnableRule: setRuleState(this, 'ENABLED'),
      ListEventBuses: (input) => listEventBuses(this, input),
      ListRules: listRules(this),
      ListTargetsByRule: listTargetsByRule(this),
      PutEvents: putEvents(this),
      PutPermission: (input) => putPermission(this, input),
      PutRule: putRule(this, world),
      PutTargets: putTargets(this, world),
      RemovePermission: (input) => removePermission(this, input),
      RemoveTargets: removeTargets(this),
      TestEventPattern: testEventPattern,
    };
  }

  /** The default bus's rules. */
  get rules(): ReadonlyMap<string, Rule> {
    return this.bus(DEFAULT_BUS).rules;
  }

  /** @throws AwsError ResourceNotFoundException */
  bus(nameOrArn?: string): Bus {
    const bus = this.buses.get(busName(nameOrArn));
    if (bus === undefined) throw noSuchBus(busName(nameOrArn));
    return bus;
  }

  addBus(name: string, description?: string): Bus {
    const { region, accountId, clock } = this.#world;
    const arn = `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
    const createdMs = clock.now();
    const bus: Bus = { name, arn, description, createdMs, rules: new Map(), statements: new Map() };
    this.buses.set(name, bus);
    return bus;
  }

  /** @throws AwsError ResourceNotFoundException */
  rule(name: string, bus?: string): Rule {
    const { rules, name: ofBus } = this.bus(bus);
    const rule = rules.get(name);
    if (rule === undefined) throw noSuchRule(name, ofBus);
    return rule;
  }

  keepRule(rule: Rule): void {
    this.bus(rule.busName).rules.set(rule.name, rule);
    if (rule.busName === DEFAULT_BUS) this.#scheduled.put(rule);
  }

  dropRule(rule: Rule): void {
    this.bus(rule.busName).rules.delete(rule.name);
    if (rule.busName === DEFAULT_BUS) this.#scheduled.remove(rule);
  }

  /** Builds a rule with its targets, as a template does, and as strictly as by calls. */
  putRule({ name, eventBusName, eventPattern, scheduleExpression, targets = [], ...rest }: RuleSpec): Rule {
    const asText = typeof eventPattern === 'object' ? JSON.stringify(eventPattern) : eventPattern;
    const person = { arn: `arn:aws:iam::${this.#world.accountId}:root`, via: 'person' } as const;
    const put = (operation: string, input: object): void => {
      validateInput('events', operation, input);
      this.operations[operation]!(input, person);
    };
    put('PutRule', {
      Name: name,
      EventBusName: eventBusName,
      EventPattern: asText,
      ScheduleExpression: scheduleExpression,
      State: rest.state,
      Description: rest.description,
    });
    if (targets.length > 0) put('PutTargets', { Rule: name, EventBusName: eventBusName, Targets: targets });
    return this.rule(name, eventBusName);
  }

  /**
   * Sends an event on its way, as an AWS service does: whether it arrives, twice
   * or late, is up to the scenario; the rules are asked when it arrives.
   *
   * @returns the event's id
   */
  emit(event: EmittedEvent): string {
    return this.#send(event, (sent) => {
      const rules = this.buses.get(busName(event.bus))?.rules.values() ?? [];
      for (const rule of rules) if (rule.state === 'ENABLED' && rule.matches(sent)) this.#hand(rule, sent);
    });
  }

  /** Makes a bus's statements what IAM asks. */
  applyPolicy({ arn, statements }: Bus): void {
    this.#world.iam.setResourcePolicy(arn, { Statement: [...statements.values()] });
  }

  /** The id of an event that was sent to a bus that is not here. */
  vanish(): string {
    return this.#ids.uuid();
  }

  /** A rule's own event, which no other rule hears. */
  #speak(rule: Rule, dueMs: number): void {
    const event = {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      resources: [rule.arn],
      detail: {},
      time: dueMs,
    };
    this.#send(event, (sent) => {
      const now = this.buses.get(rule.busName)?.rules.get(rule.name);
      if (now !== undefined) this.#hand(now, sent);
    });
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

  #send(event: EmittedEvent, arrive: (sent: EventEnvelope) => void): string {
    const { clock } = this.#world;
    const envelope = this.#envelope(event);
    this.#faults.send(
      envelope,
      () => this.#envelope(event),
      (sent, delaySeconds) => {
        clock.at(clock.now() + LATENCY_MS + delaySeconds * 1000, () => arrive(sent));
      },
    );
    return envelope.id;
  }

  #hand(rule: Rule, event: EventEnvelope): void {
    if (rule.state === 'DISABLED') return;
    for (const target of rule.targets.values()) void deliver(this.#world, rule, target, event);
  }
}
