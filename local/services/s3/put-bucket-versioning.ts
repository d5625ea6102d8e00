import { notModelled } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';

interface PutBucketVersioningInput {
  Bucket: string;
  VersioningConfiguration: { Status?: 'Enabled' | 'Suspended' };
}

export const putBucketVersioning =
  (s3: S3): Operation =>
  ({ Bucket, VersioningConfiguration: { Status } }: PutBucketVersioningInput) => {
    const bucket = s3.bucket(Bucket);
    if (Status !== 'Enabled') throw notModelled('s3 PutBucketVersioning with anything but Enabled');
    bucket.versioned = true;
    return {};
  };
