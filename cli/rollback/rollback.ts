import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { nearest } from '../../functions/shared/faults.ts';
import type { Answer, Command, Context, Given } from '../command.ts';
import { endpointIn } from '../explain.ts';
import type { Stack } from '../stack.ts';
import { historyOf, type KnownPipeline, type Live, type Status } from '../status/contract.ts';
import { paintOutcome, pens } from '../text/outcome.ts';
import { EXIT, Told, UsageError } from '../told.ts';

export const rollback: Command = {
  name: 'rollback',
  summary: 'bring an earlier release back to an endpoint',
  help: `npx signalbox rollback <pipeline|endpoint> [--to <release>] [--reason <text>] [--yes]

Brings back what was proved to serve before, all at once and without alarms, and waits
until it was seen to serve. It acts only while the endpoint still serves what it served
when you were asked.

  --to <release>    an earlier release (default: the one before): any of the last that the
                    pipeline's deploy.keep says are kept, and what was left by going back;
                    what is older was cleaned up
  --reason <text>   told to people
  --yes             do not ask

  npx signalbox rollback flight-delay
  npx signalbox rollback flight-delay --to flight-delay-2603020900-3f9a1c42 --yes`,
  options: { to: { type: 'string' }, reason: { type: 'string' }, yes: { type: 'boolean' } },
  words: { least: 1, most: 1, are: 'one pipeline or endpoint' },

  async run(given, context) {
    const stack = await context.stack();
    const known = subjectOf(given.words[0]!, (await stack.status()).pipelines);
    const status = await stack.status(known.pipeline);
    const wanted = given.values.to as string | undefined;
    const change = unfinishedOf(known, status, wanted) ?? changeOf(known, status, wanted);
    await confirm(change, given, context);
    return rolledBack(change, given, context, stack);
  },
};

interface Change extends KnownPipeline {
  readonly from: Live;
  readonly to: Live;
  /** A change that nobody is at any more has left the endpoint on one of them, or on both. */
  readonly isUnfinished?: true;
}

/** A pipeline's name comes first; an endpoint may have the same. */
function subjectOf(name: string, known: readonly KnownPipeline[]): KnownPipeline {
  const found =
    known.find(({ pipeline }) => pipeline === name) ?? known.find(({ endpoint }) => endpoint === name);
  if (found !== undefined) return found;
  const names = [...new Set(known.flatMap(({ pipeline, endpoint }) => [pipeline, endpoint]))];
  const near = nearest(name, names);
  throw new UsageError(
    `There is no pipeline and no endpoint ${name} in this stack${near ? `; did you mean ${near}?` : '.'}`,
    [`There are ${names.join(', ') || 'none'}.`],
  );
}

/** Where a change was left half done, what was proved last comes back first, or what was asked for. */
function unfinishedOf(
  known: KnownPipeline,
  { live, turns }: Status,
  wanted: string | undefined,
): Change | undefined {
  const turn = turns.find(({ subject }) => subject === `endpoint/${known.endpoint}`);
  if (turn === undefined || turn.shifting === '' || turn.holder !== '' || turn.live === '') return undefined;
  // It may have been made by hand, and be in no history.
  const named = (config: string): Live =>
    live.find((entry) => entry.endpoint === known.endpoint && entry.config === config) ?? {
      ...known,
      config,
      release: '',
      packageArn: '',
      at: '',
      removed: false,
    };
  const proved = named(turn.live);
  const to =
    wanted === undefined || wanted === proved.release || wanted === proved.config
      ? proved
      : changeOf(known, { live }, wanted).to;
  return { ...known, from: named(turn.shifting), to, isUnfinished: true };
}

/** @throws UsageError when there is nothing to go back to */
function changeOf(known: KnownPipeline, { live }: Pick<Status, 'live'>, wanted: string | undefined): Change {
  const { now: from, before, others } = historyOf(known.endpoint, live);
  if (from === undefined) {
    throw new UsageError(`Nothing was released to ${known.endpoint} yet.`, [
      'There is nothing to bring back.',
    ]);
  }
  if (wanted === undefined) {
    const [to] = before;
    if (to !== undefined) return { ...known, from, to };
    throw new UsageError(`${known.endpoint} served nothing before ${nameOf(from)}.`, [
      others.length === 0
        ? 'There is nothing to bring back.'
        : `--to brings back what came after it: ${[...new Set(others.map(nameOf))].join(', ')}.`,
    ]);
  }
  const to = others.find(({ release, config }) => release === wanted || config === wanted);
  if (to !== undefined) return { ...known, from, to };
  if (from.release === wanted || from.config === wanted) {
    throw new UsageError(`${wanted} is what ${known.endpoint} serves now.`);
  }
  const names = [...new Set(others.map(nameOf))];
  if (live.some(({ release, config, removed }) => removed && (release === wanted || config === wanted))) {
    throw new UsageError(`${wanted} was cleaned up: deploy.keep keeps only newer ones.`, [
      `${known.endpoint} can go back to ${names.join(', ') || 'nothing'}.`,
      `The model package of ${wanted} is still registered; docs/runbook.md tells how to release it again.`,
    ]);
  }
  const near = nearest(wanted, names);
  throw new UsageError(`${known.endpoint} never served ${wanted}${near ? `; did you mean ${near}?` : '.'}`, [
    `It can go back to ${names.join(', ') || 'nothing'}.`,
  ]);
}

const nameOf = ({ release, config }: Live): string => release || config;

/** @throws Told when the answer is not yes */
async function confirm({ endpoint, from, to }: Change, { values }: Given, { io }: Context): Promise<void> {
  const change = `${endpoint}: from ${nameOf(from)} back to ${nameOf(to)}`;
  if (values.yes) {
    io.log(`Rolls back ${change}`);
    return;
  }
  const answer = await io.ask(`Roll back ${change}? [y/N] `);
  if (answer === undefined) {
    throw new UsageError('There is nobody to ask whether to roll back.', [
      'Give --yes to do it unasked.',
      change,
    ]);
  }
  if (!/^y(es)?$/i.test(answer.trim())) throw new Told(EXIT.no, 'Nothing was changed.');
}

interface Result {
  readonly outcome: string;
  readonly servedConfig?: string;
  readonly reasons?: readonly string[];
}

async function rolledBack(
  change: Change,
  { values }: Given,
  context: Context,
  stack: Stack,
): Promise<Answer> {
  const { io } = context;
  const { executionArn = '' } = await stack.clients.sfn.send(
    new StartExecutionCommand({
      stateMachineArn: stack.machineArn('rollback'),
      input: JSON.stringify({
        pipeline: change.pipeline,
        endpoint: change.endpoint,
        // Whatever serves now is left.
        ...(change.isUnfinished ? { toHasServed: true } : { from: change.from.config }),
        to: change.to.config,
        reason: (values.reason as string | undefined) ?? 'asked for with npx signalbox rollback',
        by: io.user,
      }),
    }),
  );
  io.log(`follows ${executionArn}`);
  const result = await resultOf(executionArn, context, stack);
  const pen = pens(io.hasColour);
  // Nothing to do is good news only where what was asked for serves already.
  const isGood = result.outcome === 'LIVE' || result.servedConfig === change.to.config;
  return {
    exitCode: isGood ? EXIT.done : EXIT.no,
    document: { executionArn, from: change.from, to: change.to, ...result },
    text: [
      `${paintOutcome(result.outcome, result.outcome, pen)}  ${change.endpoint} serves ${result.servedConfig || 'what it served'}`,
      ...(result.reasons ?? []).map((reason) => `  › ${reason}`),
      ...(isGood ? [] : ['  › docs/runbook.md tells how to bring a release back whatever serves now']),
    ].join('\n'),
  };
}

async function resultOf(executionArn: string, { io }: Context, { clients }: Stack): Promise<Result> {
  const everyMs = endpointIn(io.environment) === undefined ? 5000 : 500;
  for (;;) {
    const { status, output, error, cause } = await clients.sfn.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    if (status === 'SUCCEEDED') return JSON.parse(output ?? '{}') as Result;
    if (status !== 'RUNNING')
      return { outcome: 'FAILED', reasons: [cause ?? error ?? `It ended as ${status}.`] };
    await io.pause(everyMs);
    if (io.stopped.aborted) throw new Told(EXIT.stopped, 'Stopped following. The rollback goes on.');
  }
}
