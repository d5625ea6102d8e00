import type { Plan } from '../functions/shared/generated/contracts.ts';
import { openWorld } from '../local/open-world.ts';
import type { Scenario } from '../local/scenario.ts';
import type { World } from '../local/world.ts';
import { goodJob } from '../play/good-job.ts';
import { endOf, familyOf, startExecution, transitionsOf } from './executions.ts';

/** Limits far above the longest job measured here, in seconds. */
const LIMITS = { maxRuntimeSeconds: 172_800 };

/** One execution in the time of a release. */
export interface Part {
  readonly machine: string;
  /**
   * The release itself or a machine that it, or one of these, started; all others were started by events. The watch
   * that a deployment leaves behind is none of the release: it goes on for days after its end.
   */
  readonly isOfRelease: boolean;
  readonly transitions: number;
}

/** The transitions of several executions together. */
export const sumOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { transitions }) => sum + transitions, 0);

/** Of the release that went live last. */
export interface LastPlan {
  readonly plan: Plan;
  readonly release: string;
  /** The endpoint config that it made. */
  readonly config: string;
}

/** The packaged stack in virtual time, with containers that do well and take `jobSeconds` each. */
export class Rehearsal {
  readonly world: World;
  readonly #signals: { heard: boolean };
  #uploads = 0;

  private constructor(world: World, signals: { heard: boolean }) {
    this.world = world;
    this.#signals = signals;
    world.ecr.createRepository('flight-delay');
    world.ecr.push({ repository: 'flight-delay', tag: 'stable', content: 'serving code' });
    this.#put();
  }

  /** @param others what else the world outside does; of an event it may only see that it is there */
  static async open(
    jobSeconds: number,
    { event: witness, ...others }: Partial<Scenario> = {},
  ): Promise<Rehearsal> {
    // What lies there from the beginning starts no release, an upload later on does.
    const signals = { heard: false };
    const world = await openWorld({
      seed: 7,
      scenario: {
        job: (job) => goodJob(job, jobSeconds),
        event(event) {
          witness?.(event);
          return !signals.heard && ['aws.s3', 'aws.ecr'].includes(event.source) ? 'drop' : 'deliver';
        },
        ...others,
      },
    });
    return new Rehearsal(world, signals);
  }

  /** From an upload to `LIVE`. The first one creates the endpoint, each later one updates it by canary. */
  async upload(): Promise<void> {
    const { world } = this;
    const { known } = world.stepfunctions;
    const executionsBefore = known.size;
    let seen = executionsBefore;
    this.#signals.heard = true;
    this.#put();
    let arn: string | undefined;
    await world.clock.runUntil(() => {
      if (known.size > seen) arn ??= this.#releaseSince(executionsBefore);
      seen = known.size;
      return arn !== undefined && world.stepfunctions.findExecution(arn).status !== 'RUNNING';
    });
    this.#requireLive(arn!);
  }

  /** A release asked for by hand that goes live, with what is to be otherwise in `deploy` and elsewhere. */
  async release(deploy: object = {}, others: object = {}): Promise<Part[]> {
    const { arn } = await endOf(this.world, await this.start(deploy, others));
    this.#requireLive(arn);
    return this.parts(arn);
  }

  /** Asks for a release by hand, with room for the longest jobs, and answers its execution. */
  start(deploy: object = {}, others: object = {}): Promise<string> {
    this.#signals.heard = false;
    return startExecution(this.world, this.world.resources.ReleaseMachine, {
      pipeline: 'flight-delay',
      // Nothing has changed since the last one; every step is run all the same.
      fresh: true,
      overrides: {
        process: LIMITS,
        train: { ...LIMITS, spot: { maxWaitSeconds: 2 * LIMITS.maxRuntimeSeconds } },
        evaluate: LIMITS,
        deploy,
        ...others,
      },
    });
  }

  lastPlan(): LastPlan {
    const { dynamodb, outputs } = this.world;
    const rows = dynamodb
      .table(outputs.LedgerTableName!)
      .partition({ pk: { S: 'live/flight-delay' }, sk: { S: '' } });
    const { release, config } = rows.at(-1) as Record<string, { S: string }>;
    const key = { pk: { S: 'pipeline/flight-delay' }, sk: { S: `release/${release!.S}` } };
    const record = dynamodb.table(outputs.LedgerTableName!).get(key) as Record<string, { S: string }>;
    return { plan: JSON.parse(record.plan!.S) as Plan, release: release!.S, config: config!.S };
  }

  /** An execution and all that it started, and beside it whatever else ran in its time. */
  parts(first: string): Part[] {
    const executions = this.world.stepfunctions.executions();
    const family = new Set(familyOf(this.world, first, 'watch').map(({ arn }) => arn));
    return executions.slice(executions.findIndex(({ arn }) => arn === first)).map((execution) => ({
      // `signalbox-<stage>-<machine>`
      machine: execution.machineName.replace(/^signalbox-[^-]+-/, ''),
      isOfRelease: family.has(execution.arn),
      transitions: transitionsOf(execution),
    }));
  }

  close(): Promise<void> {
    return this.world.close();
  }

  #put(): void {
    const key = `flight-delay/incoming/${this.#uploads}.json`;
    this.world.s3.put(this.world.outputs.DataBucketName!, key, `[${this.#uploads}]`);
    this.#uploads += 1;
  }

  /** Executions are known in the order of their starts. */
  #releaseSince(executionsBefore: number): string | undefined {
    const { known } = this.world.stepfunctions;
    if (known.size === executionsBefore) return undefined;
    let index = 0;
    for (const [arn, { facts }] of known) {
      if (index >= executionsBefore && facts.machineName.endsWith('-release')) return arn;
      index += 1;
    }
    return undefined;
  }

  #requireLive(arn: string): void {
    const { status, output, error, cause } = this.world.stepfunctions.execution(arn);
    const { outcome } = JSON.parse(output ?? '{}') as { outcome?: string };
    if (outcome === 'LIVE') return;
    throw new Error(
      `A simulated release ended ${outcome ?? status}, not LIVE: ${output ?? `${error}: ${cause}`}`,
    );
  }
}
