import type { Gate } from '../../functions/shared/generated/contracts.ts';
import type { ResolvedPipeline } from '../../functions/shared/pipeline.ts';
import { shiftOf } from '../../functions/shared/shift.ts';
import type { Paint } from '../../play/terminal/paint.ts';
import { table } from '../text/table.ts';
import { span } from '../text/time.ts';
import type { SamplePlan } from './sample-plan.ts';
import { deployFacts, shiftText } from './shift-text.ts';

/** What a release does, step by step: with which image, on what, how long at most, under which name. */
export function planText({ plan, pipeline, release }: SamplePlan, pen: Paint): string[] {
  const named = (name: string): string => name.replace(release, '<release>');
  const image = (step: 'process' | 'train' | 'evaluate' | 'deploy'): string =>
    pipeline[step].image ?? pipeline.image;
  const { process, train, evaluate, deploy } = pipeline;
  const rows = [
    [
      'process',
      image('process'),
      instances(process.instances),
      span(process.maxRuntimeSeconds),
      named(plan.process!.name),
    ],
    ...plan.train!.rungs.map(({ capacity, instanceType }, at) => [
      at === 0 ? 'train' : '',
      at === 0 ? image('train') : '',
      `${instances({ ...train.instances, type: instanceType })} ${capacity}`,
      capacity === 'spot'
        ? `${span(train.maxRuntimeSeconds)}, ${span(train.spot!.maxWaitSeconds)} with waiting`
        : span(train.maxRuntimeSeconds),
      named(`${plan.train!.name}-${at + 1}`),
    ]),
    ...(plan.compile === null ? [] : [compileRow(pipeline, named(plan.compile.name))]),
    [
      'evaluate',
      image('evaluate'),
      instances(evaluate.instances),
      span(evaluate.maxRuntimeSeconds),
      named(plan.evaluate!.challenger.name),
    ],
    [
      '',
      'the champion’s own',
      instances(evaluate.instances),
      span(evaluate.maxRuntimeSeconds),
      '<release>-eval-champion',
    ],
    ['deploy', image('deploy'), instances(deploy.instances), shiftText(shiftOf(pipeline)), '<release>-r0'],
  ];
  return [
    pen.strong(`What a release of ${pipeline.name} does`),
    ...table({ head: ['step', 'image', 'instances', 'at most', 'name'], rows }, { quiet: pen.quiet }),
    '',
    ...facts(pipeline).map(([name, text]) => `  ${pen.quiet(name!.padEnd(9))} ${text}`),
    `  ${pen.quiet('Images are pinned to their digests when a release starts. Names end in -r<redrives>.')}`,
  ];
}

/** Neo brings its own machines. */
function compileRow({ compile }: ResolvedPipeline, name: string): string[] {
  const { target, platform, image = 'named by Neo', maxRuntimeSeconds } = compile!;
  const { os, arch, accelerator } = platform ?? {};
  const what = target ?? [os, arch, accelerator].filter(Boolean).join(' ');
  return ['compile', image, `for ${what}`, span(maxRuntimeSeconds), name];
}

const instances = ({ type, count, volumeGb }: { type: string; count: number; volumeGb?: number }): string =>
  `${count} × ${type}${volumeGb === undefined ? '' : `, ${volumeGb} GB`}`;

function facts(pipeline: ResolvedPipeline): string[][] {
  const { register, triggers } = pipeline;
  return [
    [
      'starts',
      [...Object.entries(triggers).map(([kind, told]) => triggerLine(kind, told)), 'by hand'].join('; '),
    ],
    ['gates', pipeline.evaluate.gates.map(gateLine).join('; ')],
    [
      'registers',
      register.approval === 'manual'
        ? `in ${register.group}, then waits up to ${register.approvalWindowHours} h for a person`
        : `in ${register.group}, approved when the gates pass`,
    ],
    ...deployFacts(pipeline),
    ['turns', policies[pipeline.policy]],
  ];
}

const policies: Readonly<Record<ResolvedPipeline['policy'], string>> = {
  newest: 'the newest release wins; older ones that wait are superseded',
  queue: 'all releases, in order',
  cancel: 'a newer release stops an older one that has not begun to shift',
};

/** `data prefix flight-delay/incoming/, suffix .json` */
const triggerLine = (kind: string, told: object | undefined): string =>
  [
    kind,
    Object.entries(told ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  ]
    .join(' ')
    .trim();

function gateLine({ metric, atLeast, atMost, mayDropBy, mayRiseBy }: Gate): string {
  if (atLeast !== undefined) return `${metric} at least ${atLeast}`;
  if (atMost !== undefined) return `${metric} at most ${atMost}`;
  return mayDropBy === undefined
    ? `${metric} may rise by ${mayRiseBy} against the champion`
    : `${metric} may drop by ${mayDropBy} against the champion`;
}
