import type { Call } from '../../../local/door.ts';
import { openWorld } from '../../../local/open-world.ts';
import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../../../local/world.ts';
import { type Behaviour, play, usual } from './behaviour.ts';
import { type ToldRelease, tell } from './told-release.ts';

export const ENDPOINT = 'flight-delay';

/** Longer than any release may last. */
const PATIENCE_MS = 120 * 24 * 3600 * 1000;

export interface StoryOptions extends Partial<Behaviour> {
  readonly seed?: number;
  /** The image that the registry holds when the story begins; none with null. */
  readonly image?: string | null;
}

/** What serves, as SageMaker tells it. */
export interface Served {
  readonly status: string;
  readonly config: string;
  readonly instances: number;
  readonly modifiedAt: string;
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

export class Story {
  world!: World;
  /** Every call that roles made and the door let through. */
  readonly calls: Call[] = [];
  #behaviour: Behaviour;
  readonly #told = new Set<string>();
  #last: ToldRelease | undefined;

  constructor(behaviour: Partial<Behaviour>) {
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

  upload(name: string, body = `[{"file":"${name}"}]`): void {
    this.world.s3.put(this.world.outputs.DataBucketName!, `flight-delay/incoming/${name}`, body);
  }

  pushImage(content: string, tag = 'stable'): string {
    return this.world.ecr.push({ repository: 'flight-delay', tag, content }).digest;
  }

  /** Starts a release by hand. */
  async start(request: unknown, name?: string): Promise<void> {
    await this.world.door.call({
      service: 'stepfunctions',
      operation: 'StartExecution',
      input: {
        stateMachineArn: this.world.outputs.ReleaseMachineArn,
        input: JSON.stringify(request),
        ...(name !== undefined && { name }),
      },
      caller: this.world.person,
    });
  }

  /** Lets time pass until the next release has ended, and tells it. */
  async released(): Promise<ToldRelease> {
    const ended = (): ExecutionView | undefined =>
      this.executions('release').find(({ arn, status }) => status !== 'RUNNING' && !this.#told.has(arn));
    await this.world.clock.runUntil(() => ended() !== undefined, PATIENCE_MS);
    const execution = ended()!;
    this.#told.add(execution.arn);
    this.#last = await tell(this.world, execution);
    return this.#last;
  }

  /** A release that has nothing to fear, for what is to happen after it. */
  async liveRelease(): Promise<ToldRelease> {
    this.upload(`${this.#told.size}.json`);
    const release = await this.released();
    expect(release.outcome).toBe('LIVE');
    return release;
  }

  /** The state in which the last told release left a machine. */
  lastState(machine: 'release' | 'train' | 'deploy'): string | undefined {
    return this.#last?.states(machine).at(-1);
  }

  async pass(time: { readonly minutes?: number; readonly hours?: number }): Promise<void> {
    await this.world.clock.advance(((time.hours ?? 0) * 60 + (time.minutes ?? 0)) * 60_000);
  }

  executions(machine: 'release' | 'train' | 'deploy' | 'wake'): ExecutionView[] {
    return this.world.stepfunctions
      .executions()
      .filter(({ machineName }) => machineName.endsWith(`-${machine}`));
  }

  /** What the endpoint serves; undefined when there is none. */
  async served(): Promise<Served | undefined> {
    try {
      const told = await this.ask<DescribedEndpoint>('DescribeEndpoint', { EndpointName: ENDPOINT });
      return {
        status: told.EndpointStatus,
        config: told.EndpointConfigName,
        instances: told.ProductionVariants?.[0]?.CurrentInstanceCount ?? 0,
        modifiedAt: told.LastModifiedTime.toISOString(),
      };
    } catch (error) {
      if (/Could not find endpoint/.test((error as Error).message)) return undefined;
      throw error;
    }
  }

  /** Everything that serving needs: compare two of them to see what a release touched. */
  async serving() {
    const { EndpointConfigs } = await this.ask<{ EndpointConfigs: { EndpointConfigName: string }[] }>(
      'ListEndpointConfigs',
      {},
    );
    const { Models } = await this.ask<{ Models: { ModelName: string }[] }>('ListModels', {});
    return {
      endpoint: await this.served(),
      configs: EndpointConfigs.map(({ EndpointConfigName }) => EndpointConfigName).sort(),
      models: Models.map(({ ModelName }) => ModelName).sort(),
      alarms: this.alarms(),
    };
  }

  /** The releases' own alarms by name. */
  alarms(): string[] {
    return [...this.world.cloudwatch.alarms.keys()].filter((name) => name.includes('-release-')).sort();
  }

  /** How many requests each fleet answered, and how many of them with an error. */
  traffic(): Record<string, { requests: number; errors: number }> {
    const fleets: Record<string, { requests: number; errors: number }> = {};
    for (const { fleet, requests, errors } of this.world.sagemaker.endpoints.traffic(ENDPOINT)) {
      fleets[fleet] ??= { requests: 0, errors: 0 };
      fleets[fleet].requests += requests;
      fleets[fleet].errors += errors;
    }
    return fleets;
  }

  /** The bodies of the messages that were given up. */
  deadLetters(): string[] {
    return this.world.sqs.messages(this.world.resources.EventDeadLetterQueue!).map(({ body }) => body);
  }

  /** The names of the operations of a kind that roles called, in their order. */
  called(pattern: RegExp): string[] {
    return this.calls.map(({ operation }) => operation).filter((operation) => pattern.test(operation));
  }

  /** Asks SageMaker as the person at the keyboard. */
  ask<Answer>(operation: string, input: object): Promise<Answer> {
    return this.world.door.call({
      service: 'sagemaker',
      operation,
      input,
      caller: this.world.person,
    }) as Promise<Answer>;
  }
}

interface DescribedEndpoint {
  readonly EndpointStatus: string;
  readonly EndpointConfigName: string;
  readonly LastModifiedTime: Date;
  readonly ProductionVariants?: readonly { readonly CurrentInstanceCount: number }[];
}
