import type { ConcludeRequest, Conclusion, Outcome } from '#shared/generated/contracts.ts';
import { noticeOf } from './notice.ts';
import { readFailure } from './read-failure.ts';

/** Names the outcome of a release and its reasons, and writes the notice for people. */
export function concludeRelease(request: ConcludeRequest): Conclusion {
  const outcome = outcomeOf(request);
  return { outcome, notice: noticeOf(outcome) };
}

function outcomeOf(request: ConcludeRequest): Outcome {
  const { training, compilation, verdict, approval, deployment } = request;
  const notes = notesOf(request);
  const packageArn = request.package?.arn;
  return {
    schemaVersion: 1,
    release: request.release,
    ...endingOf(request),
    endedAt: request.endedAt,
    ...(training && { training: training as unknown as NonNullable<Outcome['training']> }),
    ...(compilation && { compilation: compilation as unknown as NonNullable<Outcome['compilation']> }),
    ...(notes.length > 0 && { notes }),
    ...(verdict && { verdict }),
    ...(approval?.by && { decidedBy: approval.by }),
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

/** What else people should know: first of all when not the model that was meant went on. */
function notesOf({ compilation, deployment }: ConcludeRequest): string[] {
  const fallback =
    compilation !== null && compilation.compiled === false
      ? [`The model could not be compiled, so the uncompiled one went on: ${compilation.reason}`]
      : [];
  return [...fallback, ...(deployment?.notes ?? [])].map(shortened);
}

type Ending = Pick<Outcome, 'outcome' | 'reasons' | 'failure'>;

/** What came last decides: a breakage, a turn that others were before, the gates, people, the endpoint. */
function endingOf({ failure, turn, verdict, approval, deployment }: ConcludeRequest): Ending {
  if (failure !== null) return failed(failure);
  if (turn !== null && !turn.taken) return said('SUPERSEDED', turn.reason || 'A newer release goes first.');
  if (verdict !== null && !verdict.passed) return { outcome: 'REJECTED', reasons: verdict.reasons };
  if (approval !== null && !approval.approved) return said('REJECTED', approval.reason || 'Nobody approved.');
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
  return { outcome: deployment.outcome, reasons: deployment.reasons.map(shortened) };
}

const said = (outcome: Outcome['outcome'], reason: string): Ending => ({
  outcome,
  reasons: [shortened(reason)],
});

const shortened = (reason: string): string => reason.slice(0, 2000);

function failed(failure: NonNullable<ConcludeRequest['failure']>): Ending {
  const read = readFailure(failure);
  return { outcome: 'FAILED', reasons: [shortened(`${read.state}: ${read.cause}`)], failure: read };
}
