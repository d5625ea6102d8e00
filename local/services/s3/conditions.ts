import { AwsError } from '../../aws-error.ts';
import { noSuchKey, preconditionFailed } from './errors.ts';
import type { StoredObject } from './stored-object.ts';

export interface ReadConditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly IfModifiedSince?: Date | number | string;
  readonly IfUnmodifiedSince?: Date | number | string;
}

/**
 * Whether a request wants the object as it is now. A condition on the ETag goes
 * before one on the time (RFC 7232, and S3 user guide, "GetObject").
 *
 * @throws AwsError PreconditionFailed, NotModified
 */
export const checkRead = (object: StoredObject, input: ReadConditions): void => {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = input;
  if (IfMatch !== undefined) {
    if (!names(IfMatch, object.etag)) throw preconditionFailed();
  } else if (IfUnmodifiedSince !== undefined && object.lastModifiedMs > msOf(IfUnmodifiedSince)) {
    throw preconditionFailed();
  }
  if (IfNoneMatch !== undefined) {
    if (names(IfNoneMatch, object.etag)) throw notModified();
  } else if (IfModifiedSince !== undefined && object.lastModifiedMs <= msOf(IfModifiedSince)) {
    throw notModified();
  }
};

export interface WriteConditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

/** @throws AwsError PreconditionFailed; NoSuchKey where a version to be replaced is not there */
export const checkWrite = (existing: StoredObject | undefined, input: WriteConditions): void => {
  if (input.IfNoneMatch === '*' && existing !== undefined) throw preconditionFailed();
  if (input.IfMatch === undefined) return;
  if (existing === undefined) throw noSuchKey();
  if (!names(input.IfMatch, existing.etag)) throw preconditionFailed();
};

/** A list of ETags, with or without quotes, or `*` for any. */
const names = (condition: string, etag: string): boolean =>
  condition.trim() === '*' ||
  condition.split(',').some((one) => one.trim().replace(/^W\//, '').replaceAll('"', '') === etag);

const msOf = (time: Date | number | string): number =>
  typeof time === 'number' ? time * 1000 : new Date(time).getTime();

const notModified = (): AwsError => new AwsError('NotModified', 'Not Modified', 304);
