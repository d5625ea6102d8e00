import type { Operation } from '../../service.ts';
import { checksumsOf, findObject, type GetObjectInput } from './get-object.ts';
import type { S3 } from './s3.ts';
import { headers } from './stored-object.ts';

export const headObject =
  (s3: S3): Operation =>
  (input: GetObjectInput) => {
    const object = findObject(s3, input);
    return { ...headers(object), ...checksumsOf(object, input) };
  };
