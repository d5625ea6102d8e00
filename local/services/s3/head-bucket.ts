import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { S3 } from './s3.ts';

export const headBucket =
  (s3: S3, { region }: World): Operation =>
  ({ Bucket }: { Bucket: string }) => {
    s3.bucket(Bucket);
    return { BucketRegion: region };
  };
