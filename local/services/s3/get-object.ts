import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { checkRead, type ReadConditions } from './conditions.ts';
import { noSuchKey, noSuchVersion, notAllowedOnMarker } from './errors.ts';
import type { S3 } from './s3.ts';
import { headers, type StoredObject } from './stored-object.ts';

export interface GetObjectInput extends ReadConditions {
  Bucket: string;
  Key: string;
  VersionId?: string;
  /** `bytes=0-99`, `bytes=100-` or `bytes=-50`. */
  Range?: string;
  ChecksumMode?: 'ENABLED';
}

/** The body comes as bytes. */
export const getObject =
  (s3: S3): Operation =>
  (input: GetObjectInput) => {
    const object = findObject(s3, input);
    const range = input.Range === undefined ? undefined : readRange(input.Range, object.size);
    if (range === undefined) return { ...headers(object), ...checksumsOf(object, input), Body: object.body };

    const [first, last] = range;
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
  checkRead(object, input);
  return object;
};

/** Only who asks hears the checksums, and checks what arrives against them. */
export const checksumsOf = (object: StoredObject, { ChecksumMode }: GetObjectInput): object =>
  ChecksumMode === 'ENABLED' && Object.keys(object.checksums).length > 0
    ? { ...object.checksums, ChecksumType: 'FULL_OBJECT' }
    : {};

/** @returns undefined where the header makes no sense: S3 answers with the whole object */
export const readRange = (range: string, size: number): [first: number, last: number] | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || first > last) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  }
  return [first, last];
};
