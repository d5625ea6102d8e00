import { validationError } from '../../aws-error.ts';

type Time = Date | number | string;

/** What most of SageMaker's list operations understand. */
export interface ListInput {
  readonly NameContains?: string;
  readonly StatusEquals?: string;
  readonly CreationTimeAfter?: Time;
  readonly CreationTimeBefore?: Time;
  readonly LastModifiedTimeAfter?: Time;
  readonly LastModifiedTimeBefore?: Time;
  readonly SortBy?: 'Name' | 'CreationTime' | 'LastModifiedTime' | 'Status';
  readonly SortOrder?: 'Ascending' | 'Descending';
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface Listable {
  readonly name: string;
  readonly createdMs: number;
  readonly modifiedMs?: number;
  readonly status?: string;
}

/** One page of a SageMaker list: newest first unless asked otherwise, 10 at a time. */
export function listed<T extends Listable>(
  all: readonly T[],
  input: ListInput,
): { page: T[]; NextToken?: string } {
  const found = all.filter((item) => isWanted(item, input)).sort(byOrder(input));
  const from = input.NextToken === undefined ? 0 : Number(Buffer.from(input.NextToken, 'base64').toString());
  if (!Number.isInteger(from)) throw validationError('The NextToken value is not valid.');
  const to = from + (input.MaxResults ?? 10);
  const more = to < found.length ? { NextToken: Buffer.from(String(to)).toString('base64') } : {};
  return { page: found.slice(from, to), ...more };
}

function isWanted({ name, status, createdMs, modifiedMs = createdMs }: Listable, input: ListInput): boolean {
  return (
    name.includes(input.NameContains ?? '') &&
    (input.StatusEquals ?? status) === status &&
    isBetween(createdMs, input.CreationTimeAfter, input.CreationTimeBefore) &&
    isBetween(modifiedMs, input.LastModifiedTimeAfter, input.LastModifiedTimeBefore)
  );
}

const isBetween = (atMs: number, after: Time | undefined, before: Time | undefined): boolean =>
  (after === undefined || atMs > epochMs(after)) && (before === undefined || atMs < epochMs(before));

/** A Date, epoch seconds as the protocol carries them, or ISO text as a state machine does. */
export const epochMs = (time: Time): number =>
  typeof time === 'number' ? time * 1000 : new Date(time).getTime();

function byOrder({ SortBy = 'CreationTime', SortOrder = 'Descending' }: ListInput) {
  const direction = SortOrder === 'Ascending' ? 1 : -1;
  const key = ({ name, status = '', createdMs, modifiedMs = createdMs }: Listable): number | string =>
    ({ Name: name, Status: status, CreationTime: createdMs, LastModifiedTime: modifiedMs })[SortBy];
  return (a: Listable, b: Listable): number => {
    const [first, second] = [key(a), key(b)];
    return first === second ? 0 : direction * (first < second ? -1 : 1);
  };
}
