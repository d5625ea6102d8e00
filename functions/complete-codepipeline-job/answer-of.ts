import type { Outcome } from '#shared/generated/contracts.ts';
import type { Answer, Execution } from './doors.ts';

/** Outcomes that let a pipeline go on. */
const GOOD: ReadonlySet<string> = new Set(['LIVE', 'DELIVERED']);

/** What CodePipeline is told of a release as it stands. */
export function answerOf({ executionArn, status, output, error, cause }: Execution): Answer {
  const name = executionArn.split(':').at(-1)!;
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') {
    return { kind: 'going-on', continuationToken: executionArn, summary: `Release ${name} is running` };
  }
  if (status !== 'SUCCEEDED') {
    const why = [error, cause].filter((text) => text !== undefined && text !== '').join(': ');
    return failure(executionArn, `Release ${name} is ${status}${why && `: ${why}`}`);
  }
  const outcome = read(output);
  if (outcome === undefined) return failure(executionArn, `Release ${name} ended without an outcome`);
  const { release, reasons, endpoint } = outcome;
  if (!GOOD.has(outcome.outcome)) {
    return failure(executionArn, `Release ${release.id} is ${outcome.outcome}: ${reasons.join(' ')}`);
  }
  return {
    kind: 'success',
    executionArn,
    summary: `Release ${release.id} is ${outcome.outcome}`,
    outputVariables: {
      outcome: outcome.outcome,
      release: release.id,
      ...(endpoint !== undefined && { endpoint: endpoint.name, config: endpoint.servedConfig }),
    },
  };
}

const failure = (executionArn: string, message: string): Answer => ({
  kind: 'failure',
  type: 'JobFailed',
  message,
  executionArn,
});

function read(output: string | undefined): Outcome | undefined {
  const value = JSON.parse(output ?? 'null') as Outcome | null;
  return value?.outcome === undefined || value.release === undefined ? undefined : value;
}
