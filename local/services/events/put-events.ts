import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { busName } from './bus.ts';
import type { EventBridge } from './events.ts';

interface Entry {
  Source?: string;
  DetailType?: string;
  /** JSON text of an object. */
  Detail?: string;
  Resources?: string[];
  EventBusName?: string;
  Time?: Date | string | number;
}

/** AWS's API model: 256 KB for all entries together. */
const MOST_BYTES = 262_144;

/** Takes each entry for itself: a bad one is told in its place, the others go their way. */
export const putEvents =
  (events: EventBridge): Operation =>
  (input: { Entries: Entry[] }) => {
    const bytes = input.Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (bytes > MOST_BYTES) {
      throw validationError('Total size of the entries in the request is over the limit.');
    }
    const answers = input.Entries.map((entry) => refusal(entry) ?? { EventId: send(events, entry) });
    return {
      FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
      Entries: answers,
    };
  };

const sizeOf = ({ Source = '', DetailType = '', Detail = '', Resources = [], Time }: Entry): number =>
  // The user guide counts 14 bytes for a time.
  (Time === undefined ? 0 : 14) + Buffer.byteLength([Source, DetailType, Detail, ...Resources].join(''));

const refusal = (entry: Entry): { ErrorCode: string; ErrorMessage: string } | undefined => {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (entry[name]) continue;
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
    };
  }
  if (entry.Source!.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (entry.DetailType!.length > 128) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType must be at most 128 characters.',
    };
  }
  return isJsonObject(entry.Detail!)
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
};

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

const send = (events: EventBridge, entry: Entry): string => {
  const bus = busName(entry.EventBusName);
  // A bus that does not exist is no error: the event vanishes.
  if (!events.buses.has(bus)) return events.vanish();
  return events.emit({
    bus,
    source: entry.Source!,
    detailType: entry.DetailType!,
    resources: entry.Resources ?? [],
    detail: JSON.parse(entry.Detail!),
    time: entry.Time === undefined ? undefined : epochMs(entry.Time),
  });
};

/** AWS's JSON protocols carry times as epoch seconds. */
const epochMs = (time: Date | string | number): number =>
  typeof time === 'number' ? time * 1000 : new Date(time).getTime();
