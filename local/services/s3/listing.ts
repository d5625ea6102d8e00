import { AwsError } from '../../aws-error.ts';

/** What all listings of keys have in common: prefix, folding by a delimiter, pages, keys with percent signs. */
export interface ListingInput {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly MaxKeys?: number;
  readonly EncodingType?: 'url';
}

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly prefixes: readonly string[];
  readonly maxKeys: number;
  readonly isTruncated: boolean;
  /** The last key or folded prefix of the page. */
  readonly lastName: string | undefined;
  readonly lastEntry: Entry | undefined;
}

/** S3 never gives more on one page. */
const MOST_KEYS = 1_000;

/**
 * One page of entries in S3's order; folded prefixes count as entries.
 *
 * @param isAfter whether an entry comes after the last page; also asked of folded prefixes, without an entry
 */
export const pageOf = <Entry extends { readonly key: string }>(
  entries: readonly Entry[],
  input: ListingInput,
  isAfter: (name: string, entry?: Entry) => boolean,
): Page<Entry> => {
  if (input.MaxKeys !== undefined && input.MaxKeys < 0) {
    throw new AwsError('InvalidArgument', 'Argument maxKeys must be an integer between 0 and 2147483647');
  }
  const maxKeys = Math.min(input.MaxKeys ?? MOST_KEYS, MOST_KEYS);
  const shown: Entry[] = [];
  const prefixes: string[] = [];
  let lastName: string | undefined;
  let lastEntry: Entry | undefined;
  for (const entry of entries) {
    const name = foldedName(entry.key, input);
    const isPrefix = name !== entry.key || endsFolded(name, input);
    if (isPrefix && prefixes.at(-1) === name) continue;
    if (!isAfter(name, isPrefix ? undefined : entry)) continue;
    if (shown.length + prefixes.length === maxKeys) {
      return { entries: shown, prefixes, maxKeys, isTruncated: maxKeys > 0, lastName, lastEntry };
    }
    if (isPrefix) prefixes.push(name);
    else shown.push(entry);
    lastName = name;
    lastEntry = isPrefix ? undefined : entry;
  }
  return { entries: shown, prefixes, maxKeys, isTruncated: false, lastName, lastEntry };
};

/** Whether a key or prefix comes after another in the order of their UTF-8 bytes. */
export const comesAfter = (name: string, after: string | undefined): boolean =>
  !after || Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;

/** Keys as the caller wants them: XML has no place for some characters. */
export const encoderOf =
  ({ EncodingType }: ListingInput) =>
  (key: string): string =>
    EncodingType === 'url' ? encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+') : key;

/** What every listing says of itself. */
export const echoOf = (input: ListingInput, { maxKeys, isTruncated, prefixes }: Page<unknown>) => {
  const encode = encoderOf(input);
  return {
    Name: input.Bucket,
    Prefix: encode(input.Prefix ?? ''),
    ...(input.Delimiter !== undefined && { Delimiter: encode(input.Delimiter) }),
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    MaxKeys: maxKeys,
    IsTruncated: isTruncated,
    ...(prefixes.length > 0 && { CommonPrefixes: prefixes.map((Prefix) => ({ Prefix: encode(Prefix) })) }),
  };
};

const foldedName = (key: string, { Delimiter, Prefix = '' }: ListingInput): string => {
  if (!Delimiter) return key;
  const end = key.indexOf(Delimiter, Prefix.length);
  return end < 0 ? key : key.slice(0, end + Delimiter.length);
};

/** A key that ends with its first delimiter is folded into itself. */
const endsFolded = (name: string, { Delimiter, Prefix = '' }: ListingInput): boolean =>
  Boolean(Delimiter) && name.indexOf(Delimiter!, Prefix.length) >= 0;
