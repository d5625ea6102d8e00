import type { ConcludeRequest, Conclusion, Outcome } from '#shared/generated/contracts.ts';
import { noticeOf } from './notice.ts';
import { readFailure } from './read-failure.ts';

/** Names the outcome of a release and its reasons, and writes the notice for people. */
export function concludeRelease(request: ConcludeRequest): Conclusion {
  const outcome = outcomeOf(request);
  return { outcome, notice: noticeOf(outcome) };
}

function outcomeOf(request: ConcludeRequest): Outcome {
  const { training, verdict, deployment } = request;
  const packageArn = request.package?.arn;
  return {
    schemaVersion: 1,
    release: request.release,
    ...endingOf(request),
    endedAt: request.endedAt,
    ...(training && { training: training as unknown as NonNullable<Outcome['training']> }),
    ...(verdict && { verdict }),
    ...(packageArn && { modelPackageArn: packageArn }),
    ...(deployment && {
      endpoint: {
        name: deployment.endpoint,
        intendedConfig: deployment.intendedConfig,
        servedConfig: deployment.servedConfig,
      },
    }),
  };
}

type Ending = Pick<Outcome, 'outcome' | 'reasons' | 'failure'>;

function endingOf({ failure, verdict, deployment }: ConcludeRequest): Ending {
  if (failure !== null) return failed(failure);
  if (verdict !== null && !verdict.passed) return { outcome: 'REJECTED', reasons: verdict.reasons };
  if (deployment === null) {
    return failed({
      Error: 'ContractError',
      Cause: 'The release ended without a deployment and without a failure.',
      State: 'Conclude release',
    });
  }
  if (deployment.outcome === 'FAILED') {
    return failed(
      deployment.failure ?? {
        Error: 'DeploymentFailedError',
        Cause: deployment.reasons.join(' '),
        State: 'Deploy the challenger',
      },
    );
  }
  return { outcome: deployment.outcome, reasons: deployment.reasons.map((reason) => reason.slice(0, 2000)) };
}

function failed(failure: NonNullable<ConcludeRequest['failure']>): Ending {
  const read = readFailure(failure);
  return { outcome: 'FAILED', reasons: [`${read.state}: ${read.cause}`.slice(0, 2000)], failure: read };
}
