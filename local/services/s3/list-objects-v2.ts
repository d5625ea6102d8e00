import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { comesAfter, echoOf, encoderOf, type ListingInput, pageOf } from './listing.ts';
import type { S3 } from './s3.ts';
import type { StoredObject } from './stored-object.ts';

interface ListObjectsV2Input extends ListingInput {
  StartAfter?: string;
  ContinuationToken?: string;
}

/** Keys and, with a delimiter, folded prefixes, in S3's order; a page counts both. */
export const listObjectsV2 =
  (s3: S3): Operation =>
  (input: ListObjectsV2Input) => {
    const after = input.ContinuationToken ? readToken(input.ContinuationToken) : input.StartAfter;
    const page = pageOf(s3.list(input.Bucket, input.Prefix), input, (name) => comesAfter(name, after));
    const encode = encoderOf(input);
    return {
      ...echoOf(input, page),
      KeyCount: page.entries.length + page.prefixes.length,
      ...(input.StartAfter !== undefined && { StartAfter: encode(input.StartAfter) }),
      ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
      ...(page.isTruncated && {
        NextContinuationToken: Buffer.from(`v2:${page.lastName}`).toString('base64'),
      }),
      Contents: page.entries.map((object) => summary(object, encode)),
    };
  };

export const summary = (
  { key, etag, size, lastModifiedMs }: StoredObject,
  encode: (key: string) => string,
) => ({
  Key: encode(key),
  LastModified: new Date(lastModifiedMs),
  ETag: `"${etag}"`,
  Size: size,
  StorageClass: 'STANDARD',
});

const readToken = (token: string): string => {
  const text = Buffer.from(token, 'base64').toString();
  if (text.startsWith('v2:')) return text.slice(3);
  throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
};
