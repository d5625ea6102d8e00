import type { ApprovalQuestion, ApprovalRequest, Verdict } from '#shared/generated/contracts.ts';
import { howToAnswer } from './how-to-answer.ts';

/** Writes what people and other systems are told when a release waits for an approval. */
export function writeQuestion(request: ApprovalRequest): ApprovalQuestion {
  const { release, packageArn, verdict, windowHours, deadline } = request;
  const until = minuteOf(deadline);
  const lines = [
    `Release ${release.id} of ${release.pipeline} passed its gates and waits for an approval until ${until}.`,
    `Nobody answering within ${windowHours} h means no: it ends as REJECTED, and what serves stays.`,
    '',
    `Asked by ${askerOf(request)}, started ${minuteOf(release.startedAt)}.`,
    '',
    ...comparison(verdict),
    '',
    ...howToAnswer(release, packageArn),
    '',
    `Package: ${packageArn}`,
    `Execution: ${release.executionArn}`,
  ];
  return {
    subject: `Signalbox: ${release.pipeline} needs an approval`.replace(/[^\x20-\x7e]/g, '?').slice(0, 100),
    message: lines.join('\n').slice(0, 30_000),
    waitingFor: `approval until ${until}`,
    event: {
      schemaVersion: 1,
      pipeline: release.pipeline,
      release: release.id,
      packageArn,
      deadline,
      trigger: release.trigger,
      metrics: metricsOf(verdict),
      executionArn: release.executionArn,
    },
  };
}

const askerOf = ({ release: { trigger } }: ApprovalRequest): string =>
  [trigger.kind, trigger.by && `by ${trigger.by}`, trigger.detail && `(${trigger.detail})`]
    .filter(Boolean)
    .join(' ');

/** `2026-03-05 09:31 UTC`; a deadline needs no seconds. */
const minuteOf = (time: string): string =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const metricsOf = ({ challenger, champion }: Verdict): ApprovalQuestion['event']['metrics'] =>
  Object.fromEntries(
    Object.entries(challenger.metrics).map(([name, value]) => [
      name,
      { challenger: value, champion: champion?.metrics[name] ?? null },
    ]),
  );

/** A small table in aligned columns; the rules stand under it. */
function comparison(verdict: Verdict): string[] {
  const rows = [
    ['metric', 'challenger', 'champion', 'difference'],
    ...Object.entries(metricsOf(verdict)).map(([name, { challenger, champion }]) => [
      name,
      shown(challenger),
      champion === null ? 'none' : shown(champion),
      champion === null ? '' : signed(challenger - champion),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [
    ...rows.map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    ),
    `On ${verdict.challenger.rows} rows. Gates passed: ${verdict.gates.map(({ rule }) => rule).join('; ')}.`,
  ];
}

/** Four digits are enough for a person. */
const shown = (value: number): string => String(Number(value.toFixed(4)));
const signed = (value: number): string => `${value > 0 ? '+' : ''}${shown(value)}`;
