import type { Checksums } from './checksums.ts';
import type { ObjectMap } from './object-map.ts';

/** What S3 keeps of a request's headers and gives back with the object, by the API's own names. */
export interface ObjectHeaders {
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
}

/** One version of an object, or the delete marker that stands where one was. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Uint8Array;
  /** MD5 in hex, of a multipart upload with a dash and the count of its parts; without the quotes that the API puts around it. */
  readonly etag: string;
  /** Only in versioned buckets. */
  readonly versionId?: string;
  readonly size: number;
  /** Epoch milliseconds in whole seconds, as S3 keeps it. */
  readonly lastModifiedMs: number;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: ObjectHeaders;
  readonly checksums: Checksums;
  readonly isDeleteMarker: boolean;
}

export interface Bucket {
  readonly name: string;
  readonly createdMs: number;
  /** Whether EventBridge is told of changes. */
  eventBridge: boolean;
  versioned: boolean;
  /** The versions under each key, oldest first; in a bucket without versions at most one. */
  readonly objects: ObjectMap;
}

/** Why an object came to be, as its event tells it. */
export type Reason = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';

export interface PutOptions {
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly headers?: ObjectHeaders;
  readonly checksums?: Checksums;
  readonly reason?: Reason;
  /** Where it is not the body's MD5. */
  readonly etag?: string;
}

/** The order in which S3 lists keys: by their UTF-8 bytes. */
export const compareKeys = (one: string, other: string): number => {
  if (one === other) return 0;
  // UTF-16 has the same order, but for characters that take two units.
  if (TWO_UNITS.test(one) || TWO_UNITS.test(other))
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : 1;
};

const TWO_UNITS = /[\uD800-\uDFFF]/;

/** The headers of an input that S3 keeps. */
export const keptHeaders = (input: ObjectHeaders): ObjectHeaders => {
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage } = input;
  return Object.fromEntries(
    Object.entries({ CacheControl, ContentDisposition, ContentEncoding, ContentLanguage }).filter(
      ([, value]) => value !== undefined,
    ),
  );
};

/** What S3's headers say of an object. */
export const headers = (object: StoredObject) => ({
  AcceptRanges: 'bytes',
  ContentLength: object.size,
  ContentType: object.contentType,
  ETag: `"${object.etag}"`,
  LastModified: new Date(object.lastModifiedMs),
  Metadata: object.metadata,
  ServerSideEncryption: 'AES256',
  ...object.headers,
  ...(object.versionId !== undefined && { VersionId: object.versionId }),
});
