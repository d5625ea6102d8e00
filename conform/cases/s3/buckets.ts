import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Aws } from '../../aws.ts';

/** A bucket with versions, which is emptied and taken away at the end. */
export const makeBucket = async (aws: Aws, suffix = 'bucket'): Promise<string> => {
  const s3 = aws.client(S3Client);
  const Bucket = aws.name(suffix);
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      // S3 knows no constraint for its first region.
      ...(aws.region !== 'us-east-1' && {
        CreateBucketConfiguration: { LocationConstraint: aws.region as never },
      }),
    }),
  );
  aws.later(`bucket ${Bucket}`, async () => {
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      const left = [...Versions, ...DeleteMarkers];
      if (left.length === 0) break;
      for (const { Key, VersionId } of left)
        await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    }
    await s3.send(new DeleteBucketCommand({ Bucket }));
  });
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return Bucket;
};
