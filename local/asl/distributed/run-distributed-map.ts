import { withRecovery } from '../catch.ts';
import { type Data, exceedsLimit } from '../data.ts';
import { dataLimitExceeded, StateError } from '../errors.ts';
import type { MapState } from '../machine.ts';
import type { StateRun, Step } from '../state-run.ts';
import { concurrencyOf, itemsOf } from '../states/map-fields.ts';
import { childArn } from './children.ts';
import type { DistributedMap, ResultWriter } from './definition.ts';
import { InvalidSetting } from './errors.ts';
import { batchingOf, childInputs } from './inputs.ts';
import { readItems, readingOf } from './item-reader.ts';
import { type Item, itemsIn } from './items.ts';
import { MapRun } from './map-run.ts';
import { type Destination, resultOf, writeResults } from './result-writer.ts';
import { toleranceOf } from './settings.ts';

/** Processes each item, or batch of items, by an execution of its own. */
export function runDistributedMap(run: StateRun<MapState>, distributed: DistributedMap): Promise<Step> {
  let settingFailed = false;
  return withRecovery(
    run,
    async () => {
      try {
        return await attempt(run, distributed);
      } catch (thrown) {
        settingFailed = thrown instanceof InvalidSetting;
        throw thrown;
      }
    },
    () => void (settingFailed || run.frame.event('MapStateFailed')),
  );
}

async function attempt(run: StateRun<MapState>, distributed: DistributedMap): Promise<Step> {
  const earlier = run.takeKept<Kept>();
  const { mapRun, destination, work } =
    earlier === undefined ? await begin(run, distributed) : redriven(run, earlier);
  const { frame, state } = run;
  const leaveParent = frame.abort.onAbort(() => mapRun.end('ABORTED'));
  run.abortInner = (causeEventId) => void frame.execution.history.add('MapRunAborted', causeEventId);
  let result: Data;
  try {
    result = await work(() => {
      run.kept = { mapRun, destination } satisfies Kept;
    });
    mapRun.end('SUCCEEDED');
  } catch (thrown) {
    if (!(thrown instanceof StateError)) throw thrown;
    mapRun.end('FAILED');
    frame.event('MapRunFailed', { error: thrown.error, cause: thrown.stateCause });
    throw thrown;
  } finally {
    leaveParent();
  }
  // Recorded by AWS: the exit follows from the map run's start, the two events before it do not count.
  const succeeded = frame.execution.history.add('MapRunSucceeded', frame.lastEventId);
  frame.execution.history.add('MapStateSucceeded', succeeded);
  if (exceedsLimit(result.text)) {
    // After this a redrive runs every child again (developer guide, "Redriving executions").
    run.kept = undefined;
    throw dataLimitExceeded(state.name);
  }
  return run.leave(state, state.next, result, { result: result.value });
}

/** What a redrive goes on with. */
interface Kept {
  readonly mapRun: MapRun;
  readonly destination: Destination | undefined;
}

interface Begun extends Kept {
  /** Does the work. `hasBegun` is called when there are children that a redrive could take up. */
  readonly work: (hasBegun: () => void) => Promise<Data>;
}

/** Up to the event that says that the map run has started, where AWS evaluates the state's fields. */
async function begin(run: StateRun<MapState>, distributed: DistributedMap): Promise<Begun> {
  const { frame, state } = run;
  const { reader, batcher, writer } = distributed;
  const own = reader === undefined ? await stateItems(run) : undefined;
  const maxConcurrency = await concurrencyOf(run);
  frame.event('MapStateStarted', { length: own?.length ?? 0 });
  const tolerance = await toleranceOf(run, distributed);
  const reading = reader && (await readingOf(run, reader));
  const batching = batcher && (await batchingOf(run, batcher));
  const destination = await destinationOf(run, writer);
  const mapRun = new MapRun(frame.execution, state, distributed, {
    maxConcurrency: maxConcurrency ?? 0,
    ...tolerance,
  });
  frame.event('MapRunStarted', { mapRunArn: mapRun.arn });
  const work: Begun['work'] = async (hasBegun) => {
    requireRole(run, 'states:StartExecution', machineArnOf(mapRun));
    const items = own ?? (await readItems(frame, reading!));
    const children = await childInputs(run, items, batching);
    hasBegun();
    return finish(run, mapRun, mapRun.run(children), writer, destination);
  };
  return { mapRun, destination, work };
}

function redriven(run: StateRun<MapState>, { mapRun, destination }: Kept): Begun {
  const work: Begun['work'] = async (hasBegun) => {
    requireRole(run, 'states:RedriveExecution', childArn(mapRun.names, '*'));
    const ended = mapRun.redrive();
    const { arn: mapRunArn, redriveCount } = mapRun;
    run.frame.event('MapRunRedriven', { mapRunArn, redriveCount });
    hasBegun();
    return finish(run, mapRun, ended, run.state.distributed!.writer, destination);
  };
  return { mapRun, destination, work };
}

/** Waits for the children and writes what they gave, also where too many of them failed. */
async function finish(
  { frame }: StateRun<MapState>,
  mapRun: MapRun,
  ended: Promise<void>,
  writer: ResultWriter | undefined,
  destination: Destination | undefined,
): Promise<Data> {
  let failure: StateError | undefined;
  try {
    await frame.abort.guard(ended);
  } catch (thrown) {
    if (!(thrown instanceof StateError)) throw thrown;
    failure = thrown;
  }
  const result =
    writer === undefined || destination === undefined
      ? resultOf(mapRun, writer)
      : await writeResults(frame, mapRun, writer, destination);
  if (failure !== undefined) throw failure;
  return result;
}

async function stateItems(run: StateRun<MapState>): Promise<Item[]> {
  return itemsIn(await itemsOf(run, { objects: true }))!;
}

async function destinationOf(
  run: StateRun<MapState>,
  writer: ResultWriter | undefined,
): Promise<Destination | undefined> {
  if (writer?.arguments === undefined) return undefined;
  return (await run.evaluate(writer.arguments, run.environment(), 'ResultWriter/Arguments')) as Destination;
}

/** Guide, "IAM policies for using Distributed Map states": the role starts executions of its own machine. */
function requireRole({ frame }: StateRun<MapState>, action: string, resource: string): void {
  const { world, facts } = frame.execution;
  if (world.door.allows(facts.roleArn, action, resource)) return;
  throw new StateError(
    'States.Permissions',
    `${facts.roleArn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}

const machineArnOf = ({ stateMachineArn }: MapRun): string => stateMachineArn.split('/')[0]!;
