import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { noSuchKey, noSuchVersion, notAllowedOnMarker, preconditionFailed } from './errors.ts';
import type { S3 } from './s3.ts';
import { headers, type StoredObject } from './stored-object.ts';

export interface GetObjectInput {
  Bucket: string;
  Key: string;
  VersionId?: string;
  /** `bytes=0-99`, `bytes=100-` or `bytes=-50`. */
  Range?: string;
  IfMatch?: string;
  IfNoneMatch?: string;
}

/** The body comes as bytes. */
export const getObject =
  (s3: S3): Operation =>
  (input: GetObjectInput) => {
    const object = findObject(s3, input);
    if (input.Range === undefined) return { ...headers(object), Body: object.body };

    const [first, last] = readRange(input.Range, object.size);
    const body = object.body.subarray(first, last + 1);
    return {
      ...headers(object),
      Body: body,
      ContentLength: body.length,
      ContentRange: `bytes ${first}-${last}/${object.size}`,
    };
  };

/** @throws AwsError for what is not there, and where a condition of the request does not hold */
export const findObject = (s3: S3, input: GetObjectInput): StoredObject => {
  const object = s3.version(input.Bucket, input.Key, input.VersionId);
  if (object === undefined) throw input.VersionId === undefined ? noSuchKey() : noSuchVersion();
  if (object.isDeleteMarker) throw input.VersionId === undefined ? noSuchKey() : notAllowedOnMarker();
  if (input.IfMatch !== undefined && input.IfMatch.replaceAll('"', '') !== object.etag) {
    throw preconditionFailed();
  }
  if (input.IfNoneMatch?.replaceAll('"', '') === object.etag) {
    throw new AwsError('NotModified', 'Not Modified', 304);
  }
  return object;
};

const readRange = (range: string, size: number): [first: number, last: number] => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  // S3 answers with the whole object where the header makes no sense.
  if (from === '' && to === '') return [0, size - 1];
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || first > last) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  }
  return [first, last];
};
