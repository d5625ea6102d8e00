import { validationError } from '../../../aws-error.ts';

export interface ListInput {
  readonly NameContains?: string;
  readonly SortBy?: 'Name' | 'CreationTime';
  readonly SortOrder?: 'Ascending' | 'Descending';
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** One page of a SageMaker list: newest first unless asked otherwise, 10 at a time. */
export function listed<T extends { readonly name: string; readonly createdMs: number }>(
  all: readonly T[],
  input: ListInput,
): { page: T[]; NextToken?: string } {
  const direction = input.SortOrder === 'Ascending' ? 1 : -1;
  const found = all
    .filter(({ name }) => name.includes(input.NameContains ?? ''))
    .sort(
      (a, b) =>
        direction * (input.SortBy === 'Name' ? (a.name < b.name ? -1 : 1) : a.createdMs - b.createdMs),
    );
  const from = input.NextToken === undefined ? 0 : Number(Buffer.from(input.NextToken, 'base64').toString());
  if (!Number.isInteger(from)) throw validationError('The NextToken value is not valid.');
  const to = from + (input.MaxResults ?? 10);
  const more = to < found.length ? { NextToken: Buffer.from(String(to)).toString('base64') } : {};
  return { page: found.slice(from, to), ...more };
}
