import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { releaseId } from '../../functions/check-request/check-request.ts';
import { readFailure } from '../../functions/conclude-release/read-failure.ts';
import type { Outcome } from '../../functions/shared/generated/contracts.ts';
import { paintOutcome, pens } from '../text/outcome.ts';
import { table } from '../text/table.ts';

/** What came of a release: its own words, or those of an execution that ended without any. */
export interface Ended extends Partial<Omit<Outcome, 'outcome' | 'release' | 'reasons'>> {
  readonly release: string;
  readonly outcome: string;
  readonly reasons: readonly string[];
}

/** A failed execution answers no output: its error is named after what happened. */
export function outcomeOf(execution: DescribeExecutionOutput): Ended {
  const { status, output, error, cause, name } = execution;
  const told = output === undefined ? undefined : (JSON.parse(output) as Outcome);
  if (told?.outcome !== undefined) return { ...told, release: told.release?.id ?? name ?? '' } as Ended;
  // The reason may be wrapped in a function's error.
  const read = readFailure({ Error: error ?? status ?? '', Cause: cause ?? '', State: '' });
  const asked = /^Release([A-Z_]+)$/.exec(read.error)?.[1];
  return {
    release: REFUSALS.has(read.error) ? (name ?? '') : idOf(execution),
    outcome: asked ?? (status === 'SUCCEEDED' ? 'UNKNOWN' : 'FAILED'),
    reasons: [asked === undefined && cause ? `${read.error}: ${read.cause}` : read.cause],
  };
}

/** What was refused never became a release; it goes by its execution's name. */
const REFUSALS = new Set(['RequestRefusedError', 'UnknownPipelineError']);

/** The id that the release gave itself, made from the same three. */
function idOf({ input = '{}', startDate, executionArn = '', name = '' }: DescribeExecutionOutput): string {
  const { pipeline } = JSON.parse(input) as { pipeline?: unknown };
  if (typeof pipeline !== 'string' || startDate === undefined) return name;
  return releaseId(pipeline, startDate.toISOString(), executionArn);
}

export function outcomeText(ended: Ended, hasColour: boolean): string {
  const pen = pens(hasColour);
  const { outcome, release, reasons, endpoint, verdict, failure } = ended;
  const rows = Object.entries(verdict?.challenger.metrics ?? {}).map(([metric, value]) => [
    metric,
    digits(value),
    digits(verdict?.champion?.metrics[metric]),
  ]);
  return [
    `${paintOutcome(outcome, pen.strong(outcome), pen)}  ${release}`,
    ...reasons.map((reason) => `  › ${reason}`),
    ...(failure ? [`  ${pen.quiet('error')} ${failure.error} ${pen.quiet('in')} ${failure.state}`] : []),
    ...(endpoint
      ? [`  ${pen.quiet('endpoint')} ${endpoint.name} serves ${endpoint.servedConfig || 'nothing'}`]
      : []),
    ...(rows.length > 0
      ? table({ head: ['metric', 'challenger', 'champion'], rows, right: [1, 2] }, { quiet: pen.quiet })
      : []),
  ].join('\n');
}

/** Four digits are enough for a person. */
const digits = (value: number | undefined): string =>
  value === undefined ? 'none' : String(Number(value.toFixed(4)));
