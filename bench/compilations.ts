import { executionsOf, transitionsOf } from './executions.ts';
import { PollingStack } from './polling/polling-stack.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Section } from './section.ts';

const DURATIONS = [
  { shown: '1 minute', seconds: 60 },
  { shown: '30 minutes', seconds: 1800 },
  { shown: '12 hours', seconds: 12 * 3600 },
];

/** Pauses of a minute, and of a tenth of the job's time where that is longer; each costs a wait, a look and a question. */
const mostOf = (seconds: number): number =>
  4 + 3 * Math.ceil(seconds <= 600 ? seconds / 60 + 1 : 11 + Math.log(seconds / 600) / Math.log(1.1));

/** How many states the compile machine enters: Neo tells nobody when it is done. */
export async function countCompilations(): Promise<Section> {
  const counts: (Count & { readonly shown: string })[] = [];
  for (const { shown, seconds } of DURATIONS) counts.push({ shown, ...(await countOne(seconds)) });
  return {
    title: 'Transitions of a compilation',
    how: `SageMaker Neo sends no event, so the job is asked, with pauses of a tenth of the time it has taken, and by polling once a minute. The limit grows with the logarithm. Noticed after: how long the job has been over by then.`,
    columns: ['the job takes', 'compile', 'limit', 'noticed after, s', 'polling', 'times as many'],
    rows: counts.map(({ shown, seconds, ours, late, polling }) => [
      shown,
      String(ours),
      `at most ${mostOf(seconds)}`,
      String(Math.round(late)),
      polling.toLocaleString('en-GB'),
      `${(polling / ours).toFixed(1)} ×`,
    ]),
    broken: counts
      .filter(({ seconds, ours }) => ours > mostOf(seconds))
      .map(({ shown, ours }) => `A compilation of ${shown} takes ${ours} transitions.`),
  };
}

interface Count {
  /** From the request to the end, which includes what Neo takes to begin. */
  readonly seconds: number;
  readonly ours: number;
  readonly late: number;
  readonly polling: number;
}

async function countOne(seconds: number): Promise<Count> {
  const rehearsal = await Rehearsal.open(60, { compilation: () => ({ seconds }) });
  try {
    const { world } = rehearsal;
    const stack = await PollingStack.deploy(world);
    await rehearsal.release(
      { watch: { seconds: 0 } },
      {
        compile: {
          framework: 'XGBOOST',
          target: 'ml_c5',
          image: 'flight-delay:stable',
          maxRuntimeSeconds: 86_400,
        },
      },
    );
    const { request } = rehearsal.lastPlan().plan.compile!;
    const [job] = world.sagemaker.compilations.jobs.values();
    const [execution] = executionsOf(world, 'compile');
    const polled = await stack.run('compile', {
      request: {
        ...request,
        CompilationJobName: 'polled',
        InputConfig: { ...(request.InputConfig as object), S3Uri: job!.request.InputConfig!.S3Uri },
      },
    });
    return {
      seconds: (job!.endedMs! - job!.createdMs) / 1000,
      ours: transitionsOf(execution!),
      late: (execution!.stopMs! - job!.endedMs!) / 1000,
      polling: transitionsOf(polled),
    };
  } finally {
    await rehearsal.close();
  }
}
