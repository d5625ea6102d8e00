import type { Operation } from '../../service.ts';
import { findObject, type GetObjectInput } from './get-object.ts';
import type { S3 } from './s3.ts';

/** Objects here have no tags; the AWS CLI asks before it copies in parts. */
export const getObjectTagging =
  (s3: S3): Operation =>
  (input: GetObjectInput) => {
    findObject(s3, input);
    return { TagSet: [] };
  };
