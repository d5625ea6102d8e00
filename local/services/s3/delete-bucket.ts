import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';

export const deleteBucket =
  (s3: S3): Operation =>
  ({ Bucket }: { Bucket: string }) => {
    s3.removeBucket(Bucket);
    return {};
  };
