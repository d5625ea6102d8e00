import { validationError } from '../../aws-error.ts';
import { type Data, dataOf } from '../data.ts';
import { batchingOf, childInputs } from '../distributed/inputs.ts';
import { itemsIn } from '../distributed/items.ts';
import { toleranceOf } from '../distributed/settings.ts';
import { StateError } from '../errors.ts';
import type { MapState, ParallelState, TaskState } from '../machine.ts';
import type { StateRun, Step } from '../state-run.ts';
import { concurrencyOf, itemsOf } from '../states/map-fields.ts';
import { argumentsOf } from '../states/task-arguments.ts';
import type { Inspection } from './inspection.ts';
import { jsonOf } from './json.ts';
import type { Mock, StateConfiguration } from './request.ts';

/**
 * One attempt at a state whose work is done by a mock: its own expressions are
 * evaluated before and after.
 *
 * @throws StateError the mock's own, or one of the state's
 */
export async function runMocked(
  run: StateRun<TaskState | MapState | ParallelState>,
  mock: Mock,
  configuration: StateConfiguration,
  inspection: Inspection,
): Promise<Step> {
  const { state } = run;
  if (state.type === 'Task') {
    inspection.afterArguments = (await sent(run as StateRun<TaskState>)).text;
  } else if (state.type === 'Map') await runMap(run as StateRun<MapState>, configuration, inspection);
  else if (state.arguments !== undefined) await run.evaluate(state.arguments, run.environment(), 'Arguments');

  if (mock.errorOutput !== undefined) throw new StateError(mock.errorOutput.error, mock.errorOutput.cause);
  const result: Data = jsonOf(mock.result ?? '{}', 'Mocked result must be valid JSON');
  // Recorded: only a Task's result is told.
  if (state.type === 'Task') inspection.result = result.text;
  return run.leave(state, state.next, result, { result: result.value });
}

/** What the service would get. Names are judged only where this world has the integration. */
async function sent(run: StateRun<TaskState>): Promise<Data> {
  const { arguments: template, resource } = run.state;
  if ('service' in resource) return argumentsOf(run);
  return template === undefined
    ? run.input
    : dataOf(await run.evaluate(template, run.environment(), 'Arguments'));
}

async function itemsUnderTest(run: StateRun<MapState>, readerData: string | undefined): Promise<unknown> {
  const { distributed } = run.state;
  if (distributed === undefined) return itemsOf(run);
  if (distributed.reader === undefined) return itemsOf(run, { objects: true });
  return jsonOf(readerData ?? '[]', 'MapItemReaderData must be valid JSON').value;
}

async function runMap(
  run: StateRun<MapState>,
  { mapItemReaderData, mapIterationFailureCount }: StateConfiguration,
  inspection: Inspection,
): Promise<void> {
  const { distributed, itemSelector } = run.state;
  const source = await itemsUnderTest(run, mapItemReaderData);
  const items = itemsIn(source) ?? [];
  if (itemSelector !== undefined)
    inspection.afterItemSelector = textOf(await childInputs(run, items, undefined));
  if (distributed?.batcher !== undefined) {
    const batching = await batchingOf(run, distributed.batcher);
    inspection.afterItemBatcher = textOf(await childInputs(run, items, batching));
  }
  inspection.maxConcurrency = (await concurrencyOf(run)) ?? 0;
  if (distributed === undefined) return;
  const tolerance = await toleranceOf(run, distributed);
  Object.assign(inspection, tolerance);
  if (mapIterationFailureCount === undefined) return;
  if (mapIterationFailureCount > items.length) {
    throw validationError(
      'Map iteration failure count must be less than or equal to the number of Map iterations',
    );
  }
  // Recorded: failures matter only where a threshold is given.
  const { toleratedFailureCount = items.length, toleratedFailurePercentage = 100 } = tolerance;
  const percentage = (mapIterationFailureCount / items.length) * 100;
  if (mapIterationFailureCount > toleratedFailureCount || percentage > toleratedFailurePercentage) {
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  }
}

const textOf = (inputs: readonly { input: Data }[]): string =>
  dataOf(inputs.map(({ input }) => input.value)).text;
