import { AwsError } from '../../aws-error.ts';

interface Failure {
  readonly Id: string;
  readonly Code: string;
  readonly Message: string;
  readonly SenderFault: boolean;
}

const MOST_ENTRIES = 10;

/**
 * Works on each entry for itself: what one is refused does not hold up the others.
 *
 * @param entryName AWS's name of an entry, which stands in its errors
 * @throws AwsError for a batch that is no batch: empty, too large, or with ids that say nothing
 */
export const inBatch = <Entry extends { readonly Id: string }, Result extends object>(
  entries: readonly Entry[],
  entryName: string,
  work: (entry: Entry) => Result,
): { Successful: (Result & { Id: string })[]; Failed: Failure[] } => {
  check(entries, entryName);
  const Successful: (Result & { Id: string })[] = [];
  const Failed: Failure[] = [];
  for (const entry of entries) {
    const { Id } = entry;
    try {
      Successful.push({ Id, ...work(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
};

const check = (entries: readonly { readonly Id: string }[], entryName: string): void => {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${entryName} in the request.`);
  }
  if (entries.length > MOST_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    seen.add(Id);
  }
};
