import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { S3 } from './s3.ts';

export const getBucketLocation =
  (s3: S3, { region }: World): Operation =>
  ({ Bucket }: { Bucket: string }) => {
    s3.bucket(Bucket);
    return { LocationConstraint: region };
  };
