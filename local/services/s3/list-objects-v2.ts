import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';
import type { StoredObject } from './stored-object.ts';

interface ListObjectsV2Input {
  Bucket: string;
  Prefix?: string;
  Delimiter?: string;
  MaxKeys?: number;
  StartAfter?: string;
  ContinuationToken?: string;
}

/** S3 never gives more on one page. */
const MOST_KEYS = 1_000;

/** Keys and, with a delimiter, folded prefixes, in S3's order; a page counts both. */
export const listObjectsV2 =
  (s3: S3): Operation =>
  (input: ListObjectsV2Input) => {
    const maxKeys = Math.min(input.MaxKeys ?? MOST_KEYS, MOST_KEYS);
    const after = input.ContinuationToken ? readToken(input.ContinuationToken) : (input.StartAfter ?? '');
    const all = s3.list(input.Bucket, input.Prefix);
    const names = [...new Set(all.map(({ key }) => foldedName(key, input)))];
    const rest = names.filter((name) => comesAfter(name, after));
    const page = rest.slice(0, maxKeys);
    const isTruncated = page.length < rest.length && maxKeys > 0;

    const byKey = new Map(all.map((object) => [object.key, object]));
    const prefixes = page.filter((name) => isPrefix(name, input));
    return {
      Name: input.Bucket,
      Prefix: input.Prefix ?? '',
      ...(input.Delimiter !== undefined && { Delimiter: input.Delimiter }),
      MaxKeys: maxKeys,
      KeyCount: page.length,
      IsTruncated: isTruncated,
      ...(input.StartAfter !== undefined && { StartAfter: input.StartAfter }),
      ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
      ...(isTruncated && { NextContinuationToken: Buffer.from(`v2:${page.at(-1)}`).toString('base64') }),
      Contents: page.filter((name) => !isPrefix(name, input)).map((name) => summary(byKey.get(name)!)),
      ...(prefixes.length > 0 && { CommonPrefixes: prefixes.map((Prefix) => ({ Prefix })) }),
    };
  };

const summary = ({ key, etag, size, lastModifiedMs }: StoredObject) => ({
  Key: key,
  LastModified: new Date(lastModifiedMs),
  ETag: `"${etag}"`,
  Size: size,
  StorageClass: 'STANDARD',
});

const foldedName = (key: string, { Delimiter, Prefix = '' }: ListObjectsV2Input): string => {
  if (!Delimiter) return key;
  const end = key.indexOf(Delimiter, Prefix.length);
  return end < 0 ? key : key.slice(0, end + Delimiter.length);
};

const isPrefix = (name: string, { Delimiter, Prefix = '' }: ListObjectsV2Input): boolean =>
  Boolean(Delimiter) && name.indexOf(Delimiter!, Prefix.length) >= 0;

const comesAfter = (name: string, after: string): boolean =>
  after === '' || Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;

const readToken = (token: string): string => {
  const text = Buffer.from(token, 'base64').toString();
  if (text.startsWith('v2:')) return text.slice(3);
  throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
};
