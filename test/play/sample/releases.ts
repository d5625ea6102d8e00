import type { ReportExecution, ReportRelease, ReportSpan } from '../../../play/report/data.ts';
import { evaluation, training } from './evidence.ts';
import { Walk } from './walk.ts';

export const ENDPOINT = 'flight-delay';
type Ending = 'LIVE' | 'ROLLED_BACK' | 'REJECTED';

export interface Story {
  readonly id: string;
  readonly atMs: number;
  readonly trigger: ReportRelease['trigger'];
  readonly outcome: Ending;
  readonly reasons: readonly string[];
  readonly championConfig: string | undefined;
  readonly resumedFromEpoch: number | undefined;
  readonly auc: number;
}

export const configOf = (id: string) => `${id}-config`;

/** One release as `npm start` would tell it; seconds are the world's. */
export function tell(story: Story): ReportRelease {
  const { id, atMs, trigger, outcome, reasons, championConfig, resumedFromEpoch, auc } = story;
  const spans: ReportSpan[] = [];
  const executions: ReportExecution[] = [];
  const walk = new Walk('release', id, atMs);
  walk
    .through('Read the request', 'Pass')
    .through('Claim the intent', 'Task', 0.2)
    .through('Is it asked already?', 'Choice');
  walk.each('Resolve the images', [[['Resolve an image', 'Task', 0.3]], [['Resolve an image', 'Task', 0.4]]]);
  toPlan(walk, championConfig);

  let from = walk.atMs;
  walk.through('Process the data', 'Task', 214).through('Did processing complete?', 'Choice');
  spans.push({ label: 'split 20 000 flights', kind: 'processing', startedAtMs: from, endedAtMs: walk.atMs });

  from = walk.atMs;
  const trained = new Walk('train', `${id}-train`, from)
    .through('Choose the next offer', 'Task', 0.3)
    .through('Is there an offer left?', 'Choice')
    .through('Train on the offer', 'Task', resumedFromEpoch === undefined ? 700 : 934)
    .through('Did it complete?', 'Choice')
    .through('Challenger is trained', 'Succeed');
  spans.push(...trainingSpans(from, trained.atMs, resumedFromEpoch));
  walk.through('Train the challenger', 'Task', (trained.atMs - from) / 1000 + 0.4);
  executions.push(trained.ended());

  from = walk.atMs;
  const judge = (seconds: number): [string, string, number][] => [
    ['Evaluate the candidate', 'Task', seconds],
    ['Did the evaluation complete?', 'Choice', 0],
    ['Read the metrics', 'Task', 0.2],
  ];
  walk.each(
    'Evaluate the candidates',
    championConfig === undefined ? [judge(170)] : [judge(176), judge(158)],
  );
  spans.push({ label: 'challenger', kind: 'evaluation', startedAtMs: from, endedAtMs: walk.atMs });
  if (championConfig !== undefined) {
    spans.push({ label: 'champion', kind: 'evaluation', startedAtMs: from, endedAtMs: walk.atMs - 18_000 });
  }
  walk.through('Judge challenger', 'Task', 0.4, { retries: outcome === 'REJECTED' ? 1 : 0 });
  walk.through('Is the challenger better?', 'Choice');

  if (outcome !== 'REJECTED') {
    walk.through('Register the model', 'Task', 1.1);
    from = walk.atMs;
    const deployed = deployment(id, from, outcome, championConfig, spans);
    walk.through('Deploy the challenger', 'Task', (deployed.atMs - from) / 1000 + 0.4);
    executions.push(deployed.ended());
  }
  walk
    .through('Record the outcome', 'Task', 0.2)
    .through('Tell the outcome', 'Task', 0.3)
    .through('What came of it?', 'Choice');
  walk.through(
    { LIVE: 'Release is live', REJECTED: 'Release was rejected', ROLLED_BACK: 'Release was rolled back' }[
      outcome
    ],
    'Succeed',
  );
  executions.unshift(walk.ended());

  const served = outcome === 'LIVE' ? configOf(id) : (championConfig ?? '');
  return {
    id,
    pipeline: 'flight-delay',
    trigger,
    outcome,
    reasons,
    startedAtMs: atMs,
    endedAtMs: walk.atMs,
    transitions: executions.reduce((sum, { visits }) => sum + visits.length, 0),
    executions,
    steps: [
      { name: 'process', action: 'reuse', why: 'an earlier release finished it with these data and image' },
      { name: 'train', action: 'run', why: 'hyperparameters.epochs changed (8 to 12)' },
      { name: 'challenger', action: 'run', why: 'model changed' },
    ],
    training: training(resumedFromEpoch, auc),
    challenger: evaluation(id, auc, 0.47 + (0.68 - auc) / 2),
    champion:
      championConfig === undefined
        ? undefined
        : evaluation(championConfig.replace('-config', ''), 0.676, 0.4719),
    gates: gates(auc, championConfig !== undefined),
    compilation: undefined,
    notes: [],
    endpoint:
      outcome === 'REJECTED'
        ? undefined
        : { name: ENDPOINT, intendedConfig: configOf(id), servedConfig: served },
    spans,
  };
}

function toPlan(walk: Walk, championConfig: string | undefined): void {
  if (championConfig === undefined) {
    walk.through('Describe the endpoint', 'Task', 0.2, {
      status: 'caught',
      error: 'SageMaker.SageMakerException: Could not find endpoint "flight-delay".',
    });
  } else {
    walk.through('Describe the endpoint', 'Task', 0.2).through('Is something live?', 'Choice');
    for (const what of ['config', 'model', 'package'])
      walk.through(`Describe the champion's ${what}`, 'Task', 0.2);
  }
  walk.through('Plan release', 'Task', 0.6).through('Does it train?', 'Choice');
}

function trainingSpans(fromMs: number, toMs: number, resumedFromEpoch: number | undefined): ReportSpan[] {
  const label = 'ml.m5.xlarge on Spot';
  if (resumedFromEpoch === undefined)
    return [{ label, kind: 'training', startedAtMs: fromMs, endedAtMs: toMs }];
  const taken = fromMs + (toMs - fromMs) * 0.4;
  const note = 'Spot took the instance';
  const again = `${label}, from epoch ${resumedFromEpoch}`;
  return [
    { label, kind: 'training', startedAtMs: fromMs, endedAtMs: taken, note },
    { label: again, kind: 'training', startedAtMs: taken + 190_000, endedAtMs: toMs },
  ];
}

function deployment(
  id: string,
  atMs: number,
  outcome: Ending,
  championConfig: string | undefined,
  spans: ReportSpan[],
): Walk {
  const walk = new Walk('deploy', `${id}-deploy`, atMs)
    .through('Create the model', 'Task', 0.5)
    .through('Create the endpoint config', 'Task', 0.4)
    .through('Does it exist?', 'Choice');
  if (championConfig !== undefined) {
    const enteredAtMs = walk.atMs;
    walk.through('Set up the alarms', 'Parallel', 0.6);
    walk.through('Watch the errors', 'Task', 0, { enteredAtMs, exitedAtMs: enteredAtMs + 300, iteration: 0 });
    walk.through('Watch the latency', 'Task', 0, {
      enteredAtMs,
      exitedAtMs: enteredAtMs + 600,
      iteration: 1,
    });
    walk.through('Shift the traffic', 'Task', 0.5);
  } else walk.through('Create the endpoint', 'Task', 0.5);
  const from = walk.atMs;
  const seconds = championConfig === undefined ? 240 : outcome === 'LIVE' ? 960 : 620;
  walk.through('Wait for the endpoint', 'Task', seconds);
  const span = (
    label: string,
    startSeconds: number,
    endSeconds: number,
    kind: ReportSpan['kind'] = 'endpoint',
    note?: string,
  ) =>
    spans.push({
      label,
      kind,
      startedAtMs: from + startSeconds * 1000,
      endedAtMs: from + endSeconds * 1000,
      ...(note === undefined ? {} : { note }),
    });
  if (championConfig === undefined) span('creating', 0, seconds);
  else {
    span('new fleet starts', 0, 180);
    span('canary 25 %, baking', 180, outcome === 'LIVE' ? 780 : 480);
    span(outcome === 'LIVE' ? 'all traffic' : 'rolls back', outcome === 'LIVE' ? 780 : 480, seconds);
    if (outcome !== 'LIVE') span('error rate', 480, 620, 'alarm', 'rings');
  }
  walk.through('Read what serves', 'Task', 0.2).through('Is it still changing?', 'Choice');
  walk
    .through('Wait a little', 'Wait', 15)
    .through('Read what serves', 'Task', 0.2)
    .through('Is it still changing?', 'Choice');
  walk.through('Is it what was meant?', 'Choice');
  return walk.through(outcome === 'LIVE' ? 'Challenger serves' : 'Champion serves', 'Succeed');
}

function gates(auc: number, hasChampion: boolean): ReportRelease['gates'] {
  const floor = {
    text: 'auc at least 0.6',
    passed: auc >= 0.6,
    reason: `auc is ${auc.toFixed(3)}, ${auc >= 0.6 ? 'at or above' : 'below'} 0.6`,
  };
  const passed = auc >= 0.666;
  const drop = {
    text: 'auc may drop by 0.01 against the champion',
    passed,
    reason: `auc is ${auc.toFixed(3)} against 0.676: ${passed ? 'within' : `${(0.676 - auc).toFixed(3)} lower, more than`} 0.01`,
  };
  return hasChampion ? [floor, drop] : [floor];
}
