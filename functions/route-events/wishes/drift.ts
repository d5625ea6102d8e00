import type { Pipeline, Trigger } from '#shared/generated/contracts.ts';
import { type Envelope, optionalText, text } from '../read-message.ts';
import { release, type Start } from '../wish.ts';

/** A monitor's alarm has begun to ring. */
export function fromAlarm({ id, time, detail }: Envelope, pipelines: readonly Pipeline[]): Start[] {
  const alarm = text(detail, 'alarmName');
  // An alarm that rings already tells nothing new when its reason changes.
  if (text(detail, 'state', 'value') !== 'ALARM') return [];
  if (optionalText(detail, 'previousState', 'value') === 'ALARM') return [];
  const since = timeOf(optionalText(detail, 'state', 'timestamp')) ?? time;
  const trigger: Trigger = {
    kind: 'drift',
    detail: `${alarm}: ${optionalText(detail, 'state', 'reason') ?? 'it rings'}`.slice(0, 1024),
    eventTime: since,
    alarm,
  };
  return pipelines
    .filter(({ triggers }) => triggers?.drift?.alarm === alarm)
    .map(({ name }) => release(name, trigger, [alarm, since], id));
}

/** CloudWatch writes its offset without a colon, which not every reader of ISO-8601 takes. */
const timeOf = (written: string | undefined): string | undefined => {
  const ms = Date.parse(written ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
};
