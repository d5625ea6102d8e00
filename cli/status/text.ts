import type { Paint } from '../../play/terminal/paint.ts';
import type { Io } from '../io.ts';
import type { Stack } from '../stack.ts';
import { paintOutcome, pens } from '../text/outcome.ts';
import { table } from '../text/table.ts';
import { minute, tookBetween } from '../text/time.ts';
import {
  type Batch,
  historyOf,
  type Live,
  type Released,
  reasonsOf,
  type Status,
  type Turn,
  triggerOf,
} from './contract.ts';
import type { States } from './status.ts';

interface Asked {
  readonly stack: Pick<Stack, 'prefix' | 'region' | 'accountId'>;
  readonly pipeline: string | undefined;
  readonly io: Pick<Io, 'hasColour' | 'columns'>;
}

/** The status on a page: what needs a person comes first, what is over last. */
export function statusText(told: Status, states: States, { stack, pipeline, io }: Asked): string {
  const pen = pens(io.hasColour);
  const sections = [
    [
      `${pen.strong(stack.prefix)} ${pen.quiet(`in ${stack.region}, account ${stack.accountId}; all times are UTC`)}`,
    ],
    section('Waits for an approval', waiting(told, pen), pen),
    section('Runs', running(told, states, pen), pen),
    section('Turns', turns(told, pen), pen),
    section('Gathers uploads', told.batches.map(batchLine), pen),
    section('Serves', serving(told, pen), pen),
    section('Watched', watched(told, pen), pen),
    section('Released', releases(told, pen, io.columns), pen),
  ].filter((lines) => lines.length > 0);
  if (sections.length === 1) {
    const name = pipeline ?? told.pipelines[0]?.pipeline ?? '<pipeline>';
    sections.push([`Nothing has been released yet. npx signalbox start ${name}`]);
  }
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

const section = (title: string, lines: readonly string[], pen: Paint): string[] =>
  lines.length === 0 ? [] : [pen.strong(title), ...lines];

const waiting = ({ waitingForApproval }: Status, pen: Paint): string[] =>
  waitingForApproval.flatMap(({ release, waitingFor, packageArn }) => [
    `  ${release}  ${pen.warn(waitingFor)}`,
    `    ${pen.quiet('package')} ${packageArn.split(':').at(-1)?.replace('model-package/', '')}`,
    `    npx signalbox approve ${release}   ${pen.quiet('or')} reject ${release} --reason "…"`,
  ]);

function running(told: Status, states: States, pen: Paint): string[] {
  const rows = told.running.map(({ release, executionArn, startedAt, trigger, waitingFor }) => [
    release,
    minute(startedAt),
    triggerOf(trigger).kind,
    waitingFor || states.get(executionArn) || 'unknown',
  ]);
  if (rows.length === 0) return [];
  return table({ head: ['release', 'started', 'trigger', 'where'], rows }, { quiet: pen.quiet });
}

/** Free turns that nobody waits for are no news. */
function turns(told: Status, pen: Paint): string[] {
  const busy = told.turns.filter(({ holder, shifting }) => holder !== '' || shifting !== '');
  if (busy.length === 0) return [];
  const rows = busy.map(({ subject, holder, shifting, ...turn }) => [
    subject,
    whose(holder, told) || 'nobody',
    waitersOf(turn)
      .map((waiter) => whose(waiter, told))
      .join(', ') || 'nobody',
    shifting,
  ]);
  return table({ head: ['turn', 'held by', 'waits', 'shifting to'], rows }, { quiet: pen.quiet });
}

const waitersOf = ({ next, waiters }: Pick<Turn, 'next' | 'waiters'>): string[] => [
  ...new Set([next, ...waiters].filter((waiter) => waiter !== '')),
];

/** The release behind an execution, or the execution's name: children are named after their release. */
const whose = (arn: string, { running }: Status): string =>
  running.find(({ executionArn }) => executionArn === arn)?.release ?? arn.split(':')[7] ?? arn;

const batchLine = ({ pipeline, openedAt, lastAt, hasMarker }: Batch): string =>
  `  ${pipeline}  since ${minute(openedAt)}, last upload ${minute(lastAt)}${hasMarker ? ', marker has come' : ''}`;

/** The newest of each endpoint's history. */
function serving({ pipelines, live }: Status, pen: Paint): string[] {
  const rows = pipelines.flatMap(({ endpoint }) => {
    const { now, before, left } = historyOf(endpoint, live);
    if (now === undefined) return [];
    const since = left === undefined ? minute(now.at) : `${minute(now.at)}, back from ${nameOf(left)}`;
    return [[endpoint, nameOf(now), since, before[0] ? nameOf(before[0]) : 'nothing']];
  });
  if (rows.length === 0) return [];
  return table({ head: ['endpoint', 'release', 'since', 'before it'], rows }, { quiet: pen.quiet });
}

/** An alarm takes each back until its time is over. */
function watched({ watches, live }: Status, pen: Paint): string[] {
  if (watches.length === 0) return [];
  const rows = watches.map(({ endpoint, release, until, previous }) => [
    endpoint,
    release,
    minute(until),
    live.find(({ config }) => config === previous)?.release || previous || 'nothing: it is the first',
  ]);
  return table(
    { head: ['endpoint', 'release', 'until', 'an alarm brings back'], rows },
    { quiet: pen.quiet },
  );
}

const nameOf = ({ release, config }: Live): string => release || config;

function releases(told: Status, pen: Paint, columns: number): string[] {
  const runs = new Set(told.running.map(({ release }) => release));
  const ended = told.releases.filter(({ release }) => !runs.has(release));
  if (ended.length === 0) return [];
  const rows = ended.map(({ release, outcome, startedAt, endedAt, trigger }) => [
    release,
    outcome,
    minute(startedAt),
    tookBetween(startedAt, endedAt),
    triggerOf(trigger).kind,
  ]);
  const [head = '', ...lines] = table(
    { head: ['release', 'outcome', 'started', 'took', 'trigger'], rows, right: [3] },
    {
      quiet: pen.quiet,
      cell: (text, column, row) => (column === 1 ? paintOutcome(row[1]!, text, pen) : text),
    },
  );
  return [head, ...lines.flatMap((line, at) => [line, ...reasonLines(ended[at]!, pen, columns)])];
}

/** Why, for what did not go live: one line each, as wide as the terminal. */
const reasonLines = ({ outcome, reasons }: Released, pen: Paint, columns: number): string[] =>
  outcome === 'LIVE'
    ? []
    : reasonsOf(reasons)
        .slice(0, 3)
        .map((reason) => pen.quiet(`    › ${short(reason, Math.max(40, columns - 8))}`));

const short = (text: string, length: number): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
};
