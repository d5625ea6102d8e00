import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { S3 } from './s3.ts';

interface CreateBucketInput {
  Bucket: string;
  CreateBucketConfiguration?: { LocationConstraint?: string };
}

/** S3 user guide, "General purpose bucket naming rules". */
const allowedName = /^(?!xn--|sthree-)(?!.*\.\.)(?!\d+(?:\.\d+){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const createBucket =
  (s3: S3, world: World): Operation =>
  ({ Bucket, CreateBucketConfiguration }: CreateBucketInput) => {
    checkBucketName(Bucket);
    const where = CreateBucketConfiguration?.LocationConstraint;
    if (where !== world.region) {
      throw new AwsError(
        'IllegalLocationConstraintException',
        `The ${where ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      );
    }
    if (s3.buckets().some(({ name }) => name === Bucket)) {
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
      );
    }
    s3.createBucket(Bucket);
    return { Location: `http://${Bucket}.s3.amazonaws.com/` };
  };

/** @throws AwsError InvalidBucketName */
export const checkBucketName = (name: string): void => {
  if (!allowedName.test(name)) throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
};
