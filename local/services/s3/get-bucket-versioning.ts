import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';

/** A bucket that was never versioned tells no status. */
export const getBucketVersioning =
  (s3: S3): Operation =>
  ({ Bucket }: { Bucket: string }) =>
    s3.bucket(Bucket).versioned ? { Status: 'Enabled' } : {};
