/** Plays a schedule in the packaged stack, and watches it. */
import type { Call } from '../../local/door.ts';
import type { CallFault } from '../../local/faults/faults.ts';
import { openWorld } from '../../local/open-world.ts';
import { Random } from '../../local/random.ts';
import type { Scenario } from '../../local/scenario.ts';
import type { World } from '../../local/world.ts';
import { isTrial, ownConfig } from '../../play/roles.ts';
import { play as playJob, usual } from '../stories/support/behaviour.ts';
import { packageWith } from '../support/package-with.ts';
import { type Action, type Ambush, type Schedule, type Stop, scheduleOf } from './schedule.ts';
import { Watcher } from './watcher.ts';

const HOUR_MS = 3_600_000;

/** Packages one pipeline of each policy. Only the first time takes long. */
export const packageSchedules = (): string => packageWith('test/schedules/pipelines');

export interface Played {
  readonly schedule: Schedule;
  readonly violations: readonly string[];
  /** What happened, in full; to be read when something was wrong. */
  readonly journal: string;
  /** How each release ended, in the order of the ledger. */
  readonly outcomes: readonly string[];
  /** What nobody needs any more and nobody took away. */
  readonly left: readonly string[];
}

/** @param packageDirectory from packageSchedules */
export async function playSchedule(seed: number, packageDirectory: string): Promise<Played> {
  const schedule = scheduleOf(seed);
  const afternoon = new Afternoon(schedule);
  await afternoon.open(packageDirectory);
  try {
    return await afternoon.play();
  } finally {
    await afternoon.close();
  }
}

class Afternoon {
  #world!: World;
  #watcher!: Watcher;
  #isWild = false;
  readonly #ambushed = new Map<Ambush, number>();
  readonly #schedule: Schedule;
  readonly #random: Random;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
    this.#random = new Random(schedule.seed).stream('fates');
  }

  async open(packageDirectory: string): Promise<void> {
    const { seed, policy } = this.#schedule;
    this.#world = await openWorld({ seed, packageDirectory, scenario: this.#scenario() });
    this.#watcher = new Watcher(this.#world, policy);
    this.#world.ecr.createRepository(policy);
    this.#do({ kind: 'push' });
    this.#do({ kind: 'upload' });
    this.#isOpen = true;
  }

  /** What lies there from the beginning starts nothing. */
  #isOpen = false;

  close(): Promise<void> {
    return this.#world.close();
  }

  async play(): Promise<Played> {
    const { clock, journal } = this.#world;
    if (this.#schedule.hasChampion) {
      await this.#do({ kind: 'ask', deploy: { watch: { seconds: 4 * 3600 } } });
      // It is still watched when the others come.
      await clock.runUntil(() => this.#running(/-release$/).length === 0);
    }
    this.#isWild = true;
    const beganMs = clock.now();
    for (const action of this.#schedule.actions) {
      await clock.advance(Math.max(0, beganMs + action.atSeconds * 1000 - clock.now()));
      await this.#do(action);
    }
    await this.#comeToRest();
    this.#isWild = false;
    // Late events, two rounds of the sweep, and what they have to do.
    for (let rounds = 0; rounds < 2; rounds++) {
      await clock.advance(2 * HOUR_MS);
      await this.#comeToRest();
    }
    await this.#watcher.seeEnd();
    const { violations } = this.#watcher;
    return {
      schedule: this.#schedule,
      violations,
      journal: journal.text(),
      outcomes: this.#watcher.outcomes,
      left: await this.#watcher.seeLeft(),
    };
  }

  /** No machine runs any more; nobody has the patience for more than some weeks. */
  async #comeToRest(): Promise<void> {
    for (let hours = 0; hours < 700 && this.#running(/./).length > 0; hours++) {
      await this.#world.clock.advance(HOUR_MS);
    }
  }

  #running(machine: RegExp): string[] {
    return [...this.#world.stepfunctions.known.values()]
      .filter(({ facts, status }) => status === 'RUNNING' && machine.test(facts.machineName))
      .map(({ facts }) => facts.arn);
  }

  async #do(action: Action): Promise<void> {
    const { policy } = this.#schedule;
    const { s3, ecr, outputs, clock } = this.#world;
    const now = String(clock.now());
    switch (action.kind) {
      case 'upload':
        s3.put(outputs.DataBucketName!, `${policy}/incoming/${now}.json`, `["${now}"]`);
        return;
      case 'push':
        ecr.push({ repository: policy, tag: 'stable', content: now });
        return;
      case 'ask':
        await this.#start('release', { pipeline: policy, overrides: { deploy: action.deploy } });
        return;
      case 'roll back':
        await this.#rollBack(action.pick);
        return;
      case 'ring':
        await this.#ring(3);
        return;
      case 'stop':
        await this.#stop(action);
    }
  }

  async #rollBack(pick: number | undefined): Promise<void> {
    const configs = this.#watcher.history();
    const to = pick === undefined ? undefined : configs[pick % Math.max(1, configs.length)];
    const request = { pipeline: this.#schedule.policy, reason: 'by chance', by: 'somebody' };
    await this.#start('rollback', { ...request, ...(to !== undefined && { to }) });
  }

  /** Errors of what serves at that moment, some minutes long: its alarm rings, if anybody has made one. */
  async #ring(minutes: number): Promise<void> {
    const { cloudwatch, clock } = this.#world;
    const served = await this.#watcher.described();
    if (served === undefined) return;
    const dimensions = {
      EndpointName: this.#schedule.policy,
      VariantName: 'main',
      EndpointConfigName: served.EndpointConfigName,
    };
    cloudwatch.series('AWS/SageMaker', 'Invocation5XXErrors', dimensions).record(1, clock.now(), 1000);
    if (minutes > 1) this.#later(60, () => void this.#ring(minutes - 1));
  }

  async #stop({ machine, pick, redrivenAfterSeconds }: Stop): Promise<void> {
    const running = this.#running(new RegExp(`-${machine}$`));
    if (running.length > 0) await this.#stopExecution(running[pick % running.length]!, redrivenAfterSeconds);
  }

  async #stopExecution(executionArn: string, redrivenAfterSeconds: number | undefined): Promise<void> {
    await this.#states('StopExecution', { executionArn, error: 'Stopped', cause: 'by chance' });
    // It may have ended by itself before, and then not be redrivable.
    if (redrivenAfterSeconds !== undefined) {
      this.#later(redrivenAfterSeconds, () =>
        this.#states('RedriveExecution', { executionArn }).catch(() => {}),
      );
    }
  }

  /** Stops whoever makes the call that somebody lies in wait for. */
  #ambush({ operation, caller }: Call): void {
    const arn = caller.sourceArn ?? '';
    if (!this.#isWild || caller.via !== 'state') return;
    for (const ambush of this.#schedule.ambushes) {
      if (ambush.operation !== operation || !arn.includes(`-${ambush.machine}:`)) continue;
      const count = (this.#ambushed.get(ambush) ?? 0) + 1;
      this.#ambushed.set(ambush, count);
      if (count !== ambush.nth) continue;
      this.#later(ambush.afterSeconds, () =>
        this.#stopExecution(arn, ambush.redrivenAfterSeconds).catch(() => {}),
      );
    }
  }

  #later(seconds: number, action: () => void): void {
    this.#world.clock.at(this.#world.clock.now() + seconds * 1000, action);
  }

  #start(machine: string, input: object): Promise<unknown> {
    const { region, accountId, stackName } = this.#world;
    const stateMachineArn = `arn:aws:states:${region}:${accountId}:stateMachine:${stackName}-${machine}`;
    return this.#states('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
  }

  #states(operation: string, input: object): Promise<unknown> {
    const { door, person: caller } = this.#world;
    return door.call({ service: 'stepfunctions', operation, input, caller });
  }

  #scenario(): Scenario {
    const { faulty, returning, rollbackFails } = this.#schedule;
    const configs = new Map<string, number>();
    const isFaulty = (config: string): boolean => {
      // Where nothing serves yet nobody could take its place.
      const isFirst = this.#watcher.history().length === 0;
      if (!configs.has(config))
        configs.set(config, this.#isWild && !isFirst ? this.#random.integer(100) : 100);
      return configs.get(config)! < faulty;
    };
    return {
      faults: this.#faults(),
      job: (job) => playJob(job, { ...usual, seconds: 60 + this.#random.integer(1800) }),
      fleet: ({ endpointConfigName, variantName }) => {
        const isChampion = isTrial(endpointConfigName) && variantName === 'main';
        const isBroken = !isChampion && isFaulty(ownConfig(endpointConfigName));
        return { requestsPerMinute: 600, errorShare: isBroken ? 0.5 : 0 };
      },
      endpointUpdate: () => {
        const draw = this.#isWild ? this.#random.integer(100) : 100;
        if (draw < returning) return 'return-to-old-config';
        return draw < returning + rollbackFails ? 'rollback-fails' : 'shift';
      },
      event: (event) => this.#fateOf(event),
      fault: (call) => {
        if (call.caller.via === 'person') return undefined;
        this.#watcher.seeCall(call);
        this.#ambush(call);
        return undefined;
      },
    };
  }

  #fateOf({
    source,
    ...event
  }: Parameters<NonNullable<Scenario['event']>>[0]): 'deliver' | 'drop' | 'double' | number {
    if (!this.#isOpen) return 'drop';
    this.#watcher.seeEvent(event['detail-type'], event.detail);
    if (!this.#isWild || !/^aws\.(sagemaker|cloudwatch|states|s3)$/.test(source)) return 'deliver';
    const { lost, doubled, late } = this.#schedule;
    const draw = this.#random.integer(100);
    if (draw < lost) return 'drop';
    if (draw < lost + doubled) return 'double';
    return draw < lost + doubled + late ? this.#random.integer(7200) : 'deliver';
  }

  #faults(): CallFault[] {
    const { slow, unanswered, twice } = this.#schedule;
    const share = (percent: number): { share: number } => ({ share: percent / 100 });
    const writes = ['UpdateItem', 'PutItem', 'TransactWriteItems'] as const;
    return [
      { service: 'sagemaker', operation: 'UpdateEndpoint', kind: 'slow', seconds: 40, ...share(slow) },
      { service: 'dynamodb', operation: 'UpdateItem', kind: 'slow', seconds: 20, ...share(slow / 3) },
      ...writes.flatMap((operation): CallFault[] => [
        { service: 'dynamodb', operation, kind: 'lose-answer', ...share(unanswered) },
        { service: 'dynamodb', operation, kind: 'twice', ...share(twice) },
      ]),
    ];
  }
}
