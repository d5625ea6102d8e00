import type { Call } from '../../../local/door.ts';
import { openWorld } from '../../../local/open-world.ts';
import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import { type Behaviour, play, usual } from './behaviour.ts';
import { Person } from './person.ts';
import { endingsTold, type Machine, type ToldRelease, tell } from './told-release.ts';

/** Longer than any release may last. */
const PATIENCE_MS = 120 * 24 * 3600 * 1000;

export { ENDPOINT } from './person.ts';

export interface StoryOptions extends Partial<Behaviour> {
  readonly seed?: number;
  /** The image that the registry holds when the story begins; none with null. */
  readonly image?: string | null;
}

const open: Story[] = [];

/** Opens the packaged stack in virtual time, with simulated containers. `test` of this folder closes it. */
export async function openStory({
  seed = 7,
  image = 'one',
  ...behaviour
}: StoryOptions = {}): Promise<Story> {
  const story = new Story(behaviour);
  await story.open(seed, image);
  open.push(story);
  return story;
}

export async function closeStories(): Promise<void> {
  for (const story of open.splice(0)) await story.world.close();
}

/** The diaries of all open stories, for whoever has to find out what went wrong. */
export const journals = (): string =>
  open.map(({ world }) => `\n\nThe story with seed ${world.seed}:\n${world.journal.text()}`).join('');

export class Story extends Person {
  /** Every call that roles made and the door let through. */
  readonly calls: Call[] = [];
  #behaviour: Behaviour;
  readonly #told = new Set<string>();
  #last: ToldRelease | undefined;

  constructor(behaviour: Partial<Behaviour>) {
    super();
    this.#behaviour = { ...usual, ...behaviour };
  }

  async open(seed: number, image: string | null): Promise<void> {
    let isOpen = false;
    const now = (): Behaviour => this.#behaviour;
    this.world = await openWorld({
      seed,
      scenario: {
        get provisioning() {
          return now().provisioning ?? {};
        },
        get faults() {
          return now().faults ?? [];
        },
        get events() {
          return now().events ?? [];
        },
        job: (job) => play(job, now()),
        build: (build) => now().build?.(build) ?? {},
        compilation: (job) => now().compilation?.(job) ?? { seconds: 240 },
        spot: (job) => now().spot?.(job) ?? { kind: 'kept' },
        fleet: (fleet) => now().fleet?.(fleet) ?? {},
        endpointUpdate: (...update) => now().endpointUpdate?.(...update) ?? 'shift',
        // What the registry holds from the start was pushed before the stack watched it.
        event: (event) => (isOpen ? (now().event?.(event) ?? 'deliver') : 'drop'),
        fault: (call) => {
          if (call.caller.via === 'person') return undefined;
          const fault = now().fault?.(call);
          if (fault === undefined) this.calls.push(call);
          return fault;
        },
      },
    });
    this.world.ecr.createRepository('flight-delay');
    if (image !== null) this.pushImage(image);
    // The data that lies there already.
    this.upload('2001-01.json');
    isOpen = true;
  }

  /** From now on the world outside does this; what is not named stays as it was. */
  play(behaviour: Partial<Behaviour>): void {
    this.#behaviour = { ...this.#behaviour, ...behaviour };
  }

  /** Takes an execution up again where it failed or was stopped; it can be told once more. */
  async redrive(executionArn: string): Promise<void> {
    await this.asStates('RedriveExecution', { executionArn });
    this.#told.delete(executionArn);
  }

  /** Lets time pass until an execution has ended, and shows it. */
  async ended(executionArn: string): Promise<ExecutionView> {
    const { clock, stepfunctions } = this.world;
    await clock.runUntil(() => stepfunctions.execution(executionArn).status !== 'RUNNING', PATIENCE_MS);
    return stepfunctions.execution(executionArn);
  }

  /** Lets time pass until an execution, or any of a machine, has entered a state. */
  async entered(state: string, machine: Machine = 'release'): Promise<ExecutionView> {
    const found = (): ExecutionView | undefined =>
      this.executions(machine).find(({ history }) => history.some((event) => enteredState(event) === state));
    await this.world.clock.runUntil(() => found() !== undefined, PATIENCE_MS);
    return found()!;
  }

  /** Lets time pass until a release's execution has ended for the n-th time, and tells it. */
  async releasedAs(executionArn: string, endings = 1): Promise<ToldRelease> {
    const execution = await this.ended(executionArn);
    this.#told.add(executionArn);
    this.#last = await tell(this.world, execution, endings);
    return this.#last;
  }

  /** What the stack has put on its own bus, oldest first. */
  events(detailType?: string): OwnEvent[] {
    return this.calls
      .filter(({ service, operation }) => service === 'events' && operation === 'PutEvents')
      .flatMap(({ input }) => (input as { Entries: readonly PutEntry[] }).Entries)
      .filter(({ DetailType }) => detailType === undefined || DetailType === detailType)
      .map(({ DetailType, Detail }) => ({ type: DetailType, detail: JSON.parse(Detail) }));
  }

  /** Lets time pass until the next release has ended, and tells it. What ends as another release did is none. */
  async released(): Promise<ToldRelease> {
    const ended = (): ExecutionView | undefined =>
      this.executions('release').find(
        (execution) =>
          execution.status !== 'RUNNING' &&
          !this.#told.has(execution.arn) &&
          endingsTold(this.world, execution).length > 0,
      );
    await this.world.clock.runUntil(() => ended() !== undefined, PATIENCE_MS);
    const execution = ended()!;
    this.#told.add(execution.arn);
    this.#last = await tell(this.world, execution);
    return this.#last;
  }

  /** A release by hand that has nothing to fear and does every step, for what is to happen after it. */
  async liveRelease(): Promise<ToldRelease> {
    await this.start({ pipeline: 'flight-delay', fresh: true });
    const release = await this.released();
    expect(release.outcome).toBe('LIVE');
    return release;
  }

  /** The state in which the last told release left a machine. */
  lastState(machine: Machine): string | undefined {
    return this.#last?.states(machine).at(-1);
  }

  async pass(time: { readonly minutes?: number; readonly hours?: number }): Promise<void> {
    await this.world.clock.advance(((time.hours ?? 0) * 60 + (time.minutes ?? 0)) * 60_000);
  }

  /** The names of the operations of a kind that roles called, in their order. */
  called(pattern: RegExp): string[] {
    return this.calls.map(({ operation }) => operation).filter((operation) => pattern.test(operation));
  }
}

/** An event of Signalbox's own. */
export interface OwnEvent {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type has its own schema in schemas/events/.
  readonly detail: any;
}

interface PutEntry {
  readonly DetailType: string;
  readonly Detail: string;
}

const enteredState = ({
  type,
  stateEnteredEventDetails,
}: ExecutionView['history'][number]): string | undefined =>
  type.endsWith('StateEntered') ? (stateEnteredEventDetails as { name: string }).name : undefined;
