import type { Call } from '../local/door.ts';
import type { World } from '../local/world.ts';
import { executionsOf, familyTransitions, transitionsOf } from './executions.ts';
import { PollingStack } from './polling/polling-stack.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Section } from './section.ts';

const ENDPOINT = 'flight-delay';
const HOUR_SECONDS = 3600;
/** What an alarm may cost until somebody is on the way back. */
const LIMIT = 4;

/** What is counted from the alarm's event on. */
interface Way {
  readonly shown: string;
  /** The call that begins the way back. */
  readonly call: string;
  readonly limit?: number;
  readonly transitions: number;
  readonly seconds: number;
}

/** From the event of an alarm to the call that brings the champion back. */
export async function countAlarms(): Promise<Section> {
  const ways = [...(await duringWatch()), await duringWeights(), await duringPollingWatch()];
  return {
    title: 'From the alarm to the way back',
    how: 'States entered in Standard machines from the event of an alarm that has changed to ALARM to the call, the state that makes it counted in, and the virtual seconds between. `wake`, which the event starts, is an Express machine and stands beside. The polling watch looks once a minute, so it comes up to sixty seconds later than here, as the minutes fell.',
    columns: ['the alarm rings', 'until', 'transitions', 'limit', 'seconds'],
    rows: ways.map(({ shown, call, transitions, limit, seconds }) => [
      shown,
      call,
      String(transitions),
      limit === undefined ? 'none' : `at most ${limit}`,
      seconds.toFixed(1),
    ]),
    broken: ways
      .filter(({ limit, transitions }) => limit !== undefined && transitions > limit)
      .map(({ shown, call, transitions }) => `${shown}: ${transitions} transitions until ${call}.`),
  };
}

/** Rings an alarm in a world of its own, in which a champion serves that nobody watches any more. */
async function witnessed<Seen>(
  play: (rehearsal: Rehearsal, witness: Witness) => Promise<Seen>,
): Promise<Seen> {
  const witness = new Witness();
  const rehearsal = await Rehearsal.open(60, witness);
  try {
    await rehearsal.release({ watch: { seconds: 0 } });
    return await play(rehearsal, witness);
  } finally {
    await rehearsal.close();
  }
}

const duringWatch = (): Promise<Way[]> =>
  witnessed(async (rehearsal, witness) => {
    const { world } = rehearsal;
    await rehearsal.release({ watch: { seconds: 24 * HOUR_SECONDS } });
    const watch = executionsOf(world, 'watch').at(-1)!;
    await world.clock.advance(20 * HOUR_SECONDS * 1000);
    witness.counts(world, () => familyTransitions(world, watch.arn));
    await ring(world, rehearsal.lastPlan().config, 'main');
    const way = { shown: 'in hour 20 of a watch' };
    return [
      { ...way, call: 'StartExecution of rollback', limit: LIMIT, ...witness.until(startsRollback) },
      { ...way, call: 'UpdateEndpoint', ...witness.until(({ operation }) => operation === 'UpdateEndpoint') },
    ];
  });

const startsRollback = ({ operation, input }: Call): boolean =>
  operation === 'StartExecution' &&
  (input as { stateMachineArn: string }).stateMachineArn.endsWith('-rollback');

const duringWeights = (): Promise<Way> =>
  witnessed(async (rehearsal, witness) => {
    const { world } = rehearsal;
    const shift = { type: 'weights', steps: [10, 50], intervalSeconds: 4 * HOUR_SECONDS };
    await rehearsal.start({ shift });
    const weights = () => executionsOf(world, 'weights')[0];
    await world.clock.runUntil(() => weights() !== undefined);
    await world.clock.advance(6 * HOUR_SECONDS * 1000);
    const { arn, input } = weights()!;
    witness.counts(world, () => familyTransitions(world, arn));
    const { name } = JSON.parse(input) as { name: string };
    await ring(world, `${name}-trial`, 'challenger');
    const call = 'UpdateEndpointWeightsAndCapacities';
    const shown = 'between two steps of weights';
    return { shown, call, limit: LIMIT, ...witness.until(({ operation }) => operation === call) };
  });

const duringPollingWatch = (): Promise<Way> =>
  witnessed(async (rehearsal, witness) => {
    const { world } = rehearsal;
    const polling = await PollingStack.deploy(world);
    const champion = rehearsal.lastPlan().config;
    // The alarms of a release stay while it is watched; nobody of ours may act on them here.
    await rehearsal.release({ watch: { seconds: 30 * 24 * HOUR_SECONDS } });
    for (const { arn } of executionsOf(world, 'watch')) await stop(world, arn);
    const { plan, config } = rehearsal.lastPlan();
    const ended = polling.run('watch', {
      endpoint: ENDPOINT,
      previous: champion,
      alarms: alarmsOf(world, config),
      until: new Date(world.clock.now() + plan.deploy.watch.seconds * 1000).toISOString(),
    });
    await world.clock.advance(20 * HOUR_SECONDS * 1000);
    witness.counts(world, () =>
      executionsOf(world, 'polling-watch').reduce((sum, execution) => sum + transitionsOf(execution), 0),
    );
    await ring(world, config, 'main');
    await ended;
    const shown = 'in hour 20 of a polling watch';
    const call = 'UpdateEndpoint';
    return { shown, call, ...witness.until(({ operation }) => operation === call) };
  });

const alarmsOf = (world: World, config: string): string[] =>
  [...world.cloudwatch.alarms.keys()].filter((name) => name.includes(`-release-${config}-`));

const stop = (world: World, executionArn: string): Promise<unknown> =>
  world.door.call({
    service: 'stepfunctions',
    operation: 'StopExecution',
    input: { executionArn },
    caller: world.person,
  });

/** Half of a fleet's answers are errors, for long enough that its alarm rings and is heard. */
async function ring(world: World, EndpointConfigName: string, VariantName: string): Promise<void> {
  const dimensions = { EndpointName: ENDPOINT, VariantName, EndpointConfigName };
  const errors = world.cloudwatch.series('AWS/SageMaker', 'Invocation5XXErrors', dimensions);
  for (let minute = 0; minute < 10; minute += 1) {
    errors.record(0, world.clock.now(), 50);
    errors.record(1, world.clock.now(), 50);
    await world.clock.advance(60_000);
  }
}

/** Sees when an alarm tells that it rings, and how far the machines have come at each call after it. */
class Witness {
  #world: World | undefined;
  #count: (() => number) | undefined;
  #rang: { readonly atMs: number; readonly count: number } | undefined;
  readonly #calls: { readonly call: Call; readonly transitions: number; readonly seconds: number }[] = [];

  /** From now on the first alarm that rings begins the count. */
  counts(world: World, count: () => number): void {
    this.#world = world;
    this.#count = count;
  }

  /** What it took until the first such call. */
  until(isIt: (call: Call) => boolean): { transitions: number; seconds: number } {
    const found = this.#calls.find(({ call }) => isIt(call));
    if (found === undefined) throw new Error('No alarm rang, or nobody made the call.');
    const { transitions, seconds } = found;
    return { transitions, seconds };
  }

  readonly event = ({ detail }: { readonly detail: unknown }): 'deliver' => {
    const { state } = detail as { state?: { value: string } };
    if (this.#count !== undefined && state?.value === 'ALARM') {
      this.#rang ??= { atMs: this.#world!.clock.now(), count: this.#count() };
    }
    return 'deliver';
  };

  readonly fault = (call: Call): undefined => {
    if (this.#rang === undefined || !/^(StartExecution|UpdateEndpoint.*)$/.test(call.operation)) return;
    const transitions = this.#count!() - this.#rang.count;
    this.#calls.push({ call, transitions, seconds: (this.#world!.clock.now() - this.#rang.atMs) / 1000 });
  };
}
