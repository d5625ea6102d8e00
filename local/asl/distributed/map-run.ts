import type { Random } from '../../random.ts';
import type { Data } from '../data.ts';
import { Execution } from '../execution.ts';
import type { Machine, MapState } from '../machine.ts';
import {
  type Child,
  type ChildStatus,
  countByStatus,
  factsOfChild,
  type MapRunNames,
  nameUuid,
} from './children.ts';
import type { DistributedMap } from './definition.ts';
import { toleranceExceeded } from './errors.ts';
import type { ChildInput } from './inputs.ts';
import type { MapRunSettings } from './settings.ts';

/** Children that AWS runs at once when nothing limits them (quotas). */
const MOST_CHILDREN = 10_000;

/** One run of a distributed Map: its children, how they fare, and when it is enough. */
export class MapRun {
  readonly arn: string;
  readonly id: string;
  readonly label: string;
  readonly names: MapRunNames;
  /** The execution whose state this is. */
  readonly parent: Execution;
  readonly settings: MapRunSettings;
  readonly startMs: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' = 'RUNNING';
  children: readonly Child[] = [];
  /** Whether a result writer has written the results. */
  resultsWritten = false;
  redriveCount = 0;
  redriveMs: number | undefined;
  stopMs: number | undefined;
  readonly #machine: Machine;
  readonly #random: Random;
  #waiting: Child[] = [];
  #running = 0;
  #settle: { resolve(): void; reject(error: unknown): void } | undefined;

  constructor(parent: Execution, state: MapState, distributed: DistributedMap, settings: MapRunSettings) {
    const { world, facts } = parent;
    // A child's own distributed Map belongs to the same machine.
    const root = facts.machineName.split('/')[0]!;
    this.parent = parent;
    this.label = distributed.label ?? madeUpLabel(state, root, world.random);
    this.names = {
      prefix: `arn:aws:states:${world.region}:${world.accountId}`,
      machineName: `${root}/${this.label}`,
    };
    this.id = nameUuid(parent.random);
    this.arn = `${this.names.prefix}:mapRun:${this.names.machineName}:${this.id}`;
    this.settings = settings;
    this.startMs = world.clock.now();
    this.#machine = { ...state.processor, type: distributed.executionType };
    this.#random = world.random.stream(`states/${this.arn}`);
    world.stepfunctions.keepMapRun(this);
  }

  /** Of the machine's part that the children run. */
  get stateMachineArn(): string {
    return `${this.names.prefix}:stateMachine:${this.names.machineName}`;
  }

  /**
   * Resolves when every child has ended well enough.
   *
   * @throws StateError `States.ExceedToleratedFailureThreshold`
   */
  run(children: readonly ChildInput[]): Promise<void> {
    this.children = children.map((child) => ({ ...child, waits: true }));
    return this.#work(this.children);
  }

  /** Only what did not succeed, as RedriveExecution of the parent asks. */
  redrive(): Promise<void> {
    this.redriveCount += 1;
    this.redriveMs = this.parent.world.clock.now();
    this.status = 'RUNNING';
    this.stopMs = undefined;
    this.resultsWritten = false;
    return this.#work(this.children.filter(({ execution }) => execution?.status !== 'SUCCEEDED'));
  }

  /** Takes changed settings: starts what they leave room for, or ends what they do not tolerate any more. */
  update(settings: Partial<MapRunSettings>): void {
    Object.assign(this.settings, settings);
    if (this.status !== 'RUNNING' || this.#settle === undefined) return;
    if (this.#isOverTolerance()) this.#fail();
    else this.#fill();
  }

  end(status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void {
    if (this.status === status) return;
    this.status = status;
    this.stopMs = this.parent.world.clock.now();
    this.#waiting = [];
    for (const child of this.children) {
      child.waits = false;
      child.execution?.stop();
    }
  }

  /** Items, or children, by what has become of them. */
  count(weight: (child: Child) => number): Record<ChildStatus, number> {
    return countByStatus(this.children, weight);
  }

  #work(children: readonly Child[]): Promise<void> {
    this.#waiting = [...children].reverse();
    for (const child of children) child.waits = true;
    this.#running = 0;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#fill();
    });
  }

  #fill(): void {
    const most = this.settings.maxConcurrency || MOST_CHILDREN;
    while (this.#running < most && this.#waiting.length > 0) this.#start(this.#waiting.pop()!);
    if (this.#running > 0) return;
    this.#settle?.resolve();
    this.#settle = undefined;
  }

  #start(child: Child): void {
    this.#running += 1;
    child.waits = false;
    const isExpress = this.#machine.type === 'EXPRESS';
    if (child.execution !== undefined && !isExpress) child.execution.redrive();
    else {
      child.execution = this.#newExecution(child, isExpress);
      this.parent.world.stepfunctions.keepExecution(child.execution, this.parent.facts.arn);
      child.execution.start();
    }
    void child.execution.ended.then(() => this.#ended(child));
  }

  #newExecution(child: Child, isExpress: boolean): Execution {
    const { world, facts, tokens } = this.parent;
    const { roleArn } = facts;
    const given = { roleArn, startMs: world.clock.now(), mapRunArn: this.arn, isExpress };
    const own = factsOfChild(child, this.names, this.#random, given);
    return new Execution(world, this.#machine, own, child.input, tokens);
  }

  #ended({ execution }: Child): void {
    this.#running -= 1;
    if (this.status !== 'RUNNING' || this.#settle === undefined) return;
    if (execution!.status !== 'SUCCEEDED' && this.#isOverTolerance()) this.#fail();
    else this.#fill();
  }

  #fail(): void {
    const settle = this.#settle;
    this.#settle = undefined;
    this.end('FAILED');
    settle?.reject(toleranceExceeded());
  }

  #isOverTolerance(): boolean {
    const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = this.settings;
    const items = this.count(({ itemCount }) => itemCount);
    const failed = items.FAILED + items.TIMED_OUT + items.ABORTED;
    if (failed === 0) return false;
    if (count === undefined && percentage === undefined) return true;
    const total = this.children.reduce((sum, { itemCount }) => sum + itemCount, 0);
    return (
      (count !== undefined && failed > count) ||
      (percentage !== undefined && (failed / total) * 100 > percentage)
    );
  }
}

/** The children's outputs that came to something, in the order of the items. */
export const outputsOf = ({ children }: MapRun): Data[] =>
  children
    .filter(({ execution }) => execution?.status === 'SUCCEEDED')
    .map(({ execution }) => textData(execution!.output!));

const textData = (text: string): Data => ({ value: JSON.parse(text), text });

/** A state without a label has one all the same, always the same. */
const madeUpLabel = (state: MapState, machineName: string, random: Random): string =>
  random.stream(`states/labels/${machineName}/${state.name}`).uuid();
