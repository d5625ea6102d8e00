import { actorOf } from '#shared/errors.ts';
import type { Notice, Outcome } from '#shared/generated/contracts.ts';

const HEADLINES: Readonly<Record<Outcome['outcome'], string>> = {
  LIVE: 'is live',
  REJECTED: 'was rejected',
  ROLLED_BACK: 'was rolled back; the champion serves',
  SUPERSEDED: 'was superseded: a newer one goes first',
  FAILED: 'failed',
};

/** What somebody needs at 3 a.m.: what happened, why, what serves now, who can act. */
export function noticeOf(outcome: Outcome): Notice {
  const { release } = outcome;
  const lines = [
    `Release ${release.id} of ${release.pipeline} ${HEADLINES[outcome.outcome]}.`,
    `Started ${release.startedAt} by ${signal(release.trigger)}, ended ${outcome.endedAt}.`,
    ...(typeof release.commit === 'string' ? [`Commit ${release.commit}.`] : []),
    ...outcome.reasons.map((reason) => `- ${reason}`),
    ...(outcome.notes ?? []).map((note) => `Note: ${note}`),
    ...served(outcome),
    ...metrics(outcome),
    ...actor(outcome),
    `Execution: ${release.executionArn}`,
  ];
  return { subject: subjectOf(outcome), message: lines.join('\n').slice(0, 30_000) };
}

/** A refused request may name anything. */
const signal = ({ kind, detail }: Outcome['release']['trigger']): string =>
  `${typeof kind === 'string' ? kind : 'an unknown signal'}${typeof detail === 'string' ? ` (${detail})` : ''}`;

/** SNS takes at most 100 printable ASCII characters. */
function subjectOf({ release, outcome }: Outcome): string {
  return `Signalbox: ${release.pipeline} ${outcome}`.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}

function served({ endpoint }: Outcome): string[] {
  if (endpoint === undefined) return [];
  return [
    `Endpoint ${endpoint.name} serves ${endpoint.servedConfig || 'nothing'}; meant was ${endpoint.intendedConfig}.`,
  ];
}

function metrics({ verdict }: Outcome): string[] {
  if (verdict === undefined) return [];
  const champion = verdict.champion?.metrics ?? {};
  return [
    'Metrics (challenger, champion):',
    ...Object.entries(verdict.challenger.metrics).map(
      ([name, value]) => `  ${name}: ${value}, ${champion[name] ?? 'none'}`,
    ),
  ];
}

function actor({ failure }: Outcome): string[] {
  if (failure === undefined) return [];
  const { error, state } = failure;
  return [
    `Who can act: ${actorOf[error] ?? `whoever runs this stack; the error is ${error} in the state ${state}.`}`,
  ];
}
