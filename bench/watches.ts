import type { ExecutionView } from '../local/services/stepfunctions/stepfunctions.ts';
import { endOf, executionsOf, familyTransitions, transitionsOf } from './executions.ts';
import { PollingStack } from './polling/polling-stack.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Section } from './section.ts';

const DURATIONS = [
  { shown: '1 hour', seconds: 3600 },
  { shown: '24 hours', seconds: 24 * 3600 },
  { shown: '7 days', seconds: 7 * 24 * 3600 },
  { shown: '30 days', seconds: 30 * 24 * 3600 },
];

/** Each pause is twice as long as the one before, and costs one round of `await`: listen, look, ask, wait. */
const MOST_PER_DOUBLING = 6;

/** How many states a watch enters in which nothing happens, beside one that asks every minute. */
export async function countWatches(): Promise<Section> {
  const counts: { shown: string; seconds: number; ours: number; polling: number }[] = [];
  for (const { shown, seconds } of DURATIONS) {
    counts.push({ shown, seconds, ours: await ours(seconds), polling: await polling(seconds) });
  }
  const shortest = counts[0]!;
  const mostOf = (seconds: number): number =>
    shortest.ours + MOST_PER_DOUBLING * Math.ceil(Math.log2(seconds / shortest.seconds));
  return {
    title: 'Transitions of a watch',
    how: `In which no alarm rings and nothing newer goes live: the watch and what it waits with, its clean-up counted in. Polling asks once a minute, and goes on in a new execution every day, for one holds 25,000 events at most. The limit grows with the logarithm: ${MOST_PER_DOUBLING} for each doubling.`,
    columns: ['watch of', 'watch and await', 'limit', 'polling', 'times as many'],
    rows: counts.map((count) => [
      count.shown,
      String(count.ours),
      `at most ${mostOf(count.seconds)}`,
      count.polling.toLocaleString('en-GB'),
      `${Math.round(count.polling / count.ours).toLocaleString('en-GB')} ×`,
    ]),
    broken: counts
      .filter((count) => count.ours > mostOf(count.seconds))
      .map((count) => `A watch of ${count.shown} takes ${count.ours} transitions.`),
  };
}

async function ours(seconds: number): Promise<number> {
  const rehearsal = await Rehearsal.open(60);
  try {
    const { world } = rehearsal;
    await rehearsal.release({ watch: { seconds: 0 } });
    await rehearsal.release({ watch: { seconds } });
    const watch = executionsOf(world, 'watch').at(-1)!;
    const ended = await endOf(world, watch.arn);
    const { outcome } = JSON.parse(ended.output!) as { outcome: string };
    if (outcome !== 'KEPT') throw new Error(`The watch ended ${outcome}, not KEPT.`);
    return familyTransitions(world, ended.arn);
  } finally {
    await rehearsal.close();
  }
}

async function polling(seconds: number): Promise<number> {
  const rehearsal = await Rehearsal.open(60);
  try {
    const { world } = rehearsal;
    const stack = await PollingStack.deploy(world);
    await rehearsal.release({ watch: { seconds: 0 } });
    const { plan, config } = rehearsal.lastPlan();
    const alarms = plan.deploy.alarms.map(({ key, request }) => ({
      ...request,
      AlarmName: `polling-${key}`,
    }));
    for (const input of alarms) {
      await world.door.call({
        service: 'cloudwatch',
        operation: 'PutMetricAlarm',
        input,
        caller: world.person,
      });
    }
    const first = await stack.run('watch', {
      endpoint: plan.deploy.endpoint,
      previous: config,
      alarms: alarms.map(({ AlarmName }) => AlarmName),
      until: new Date(world.clock.now() + seconds * 1000).toISOString(),
    });
    let count = 0;
    for (let next: ExecutionView | undefined = first; next !== undefined; ) {
      count += transitionsOf(await endOf(world, next.arn));
      const { arn }: ExecutionView = next;
      next = world.stepfunctions.executions().find(({ parentArn }) => parentArn === arn);
    }
    return count;
  } finally {
    await rehearsal.close();
  }
}
