import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { S3 } from './s3.ts';

interface ListBucketsInput {
  Prefix?: string;
  MaxBuckets?: number;
  ContinuationToken?: string;
}

export const listBuckets =
  (s3: S3, { accountId }: World): Operation =>
  ({ Prefix = '', MaxBuckets = 10_000, ContinuationToken = '' }: ListBucketsInput) => {
    const after = Buffer.from(ContinuationToken, 'base64').toString();
    const rest = s3.buckets().filter(({ name }) => name.startsWith(Prefix) && name > after);
    const page = rest.slice(0, MaxBuckets);
    return {
      Buckets: page.map(({ name, createdMs }) => ({ Name: name, CreationDate: new Date(createdMs) })),
      Owner: { ID: accountId },
      ...(Prefix !== '' && { Prefix }),
      ...(page.length < rest.length && {
        ContinuationToken: Buffer.from(page.at(-1)!.name).toString('base64'),
      }),
    };
  };
