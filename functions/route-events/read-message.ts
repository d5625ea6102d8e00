import { EventRefusedError } from '#shared/errors.ts';

/** EventBridge's envelope, as far as it is read here. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: Detail;
}

export type Detail = Readonly<Record<string, unknown>>;

/** What a schedule of this stack sends: its Input, word for word. */
export interface ScheduleMessage {
  readonly source: 'signalbox.schedule';
  readonly pipeline: string;
  readonly schedule: string;
  readonly scheduledTime: string;
}

/**
 * A message on the event queue: an event from a rule, or a schedule's word.
 *
 * @throws EventRefusedError when it is neither, with what is wrong
 */
export function readMessage(body: string): Envelope | ScheduleMessage {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch (error) {
    throw new EventRefusedError(`The message is not JSON: ${(error as Error).message}`);
  }
  const fields = (message ?? {}) as Record<string, unknown>;
  if (fields.source === 'signalbox.schedule') {
    requireTexts(fields, ['pipeline', 'schedule', 'scheduledTime'], "the message is no schedule's");
    requireTime(fields.scheduledTime, '$["scheduledTime"]');
    return message as ScheduleMessage;
  }
  requireTexts(fields, ['source', 'detail-type', 'time', 'id'], 'the message is not an EventBridge event');
  requireTime(fields.time, '$["time"]');
  if (typeof fields.detail !== 'object' || fields.detail === null)
    throw new EventRefusedError('$.detail is missing: the message is not an EventBridge event.');
  return message as Envelope;
}

function requireTexts(fields: Detail, names: readonly string[], so: string): void {
  for (const name of names) {
    const value = fields[name];
    if (typeof value !== 'string' || value === '')
      throw new EventRefusedError(`$["${name}"] is missing: ${so}.`);
  }
}

/** Releases are put in order by it. */
function requireTime(value: unknown, path: string): void {
  if (Number.isNaN(Date.parse(value as string)))
    throw new EventRefusedError(`${path} is ${JSON.stringify(value)}, which is no time.`);
}

/** The text at a place in an event's detail. @throws EventRefusedError when there is none */
export function text(detail: Detail, ...path: string[]): string {
  const value = at(detail, path);
  if (typeof value !== 'string' || value === '')
    throw new EventRefusedError(`$.detail.${path.join('.')} is missing or not text.`);
  return value;
}

/** The text at a place in an event's detail, if there is one. */
export function optionalText(detail: Detail, ...path: string[]): string | undefined {
  const value = at(detail, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The number at a place in an event's detail. @throws EventRefusedError when there is none */
export function number(detail: Detail, ...path: string[]): number {
  const value = at(detail, path);
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new EventRefusedError(`$.detail.${path.join('.')} is missing or not a number.`);
  return value;
}

const at = (detail: Detail, path: readonly string[]): unknown =>
  path.reduce<unknown>((node, step) => (node as Detail | undefined | null)?.[step], detail);
