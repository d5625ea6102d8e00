/** One version of an object, or the delete marker that stands where one was. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Uint8Array;
  /** MD5 in hex, without the quotes that the API puts around it. */
  readonly etag: string;
  /** Only in versioned buckets. */
  readonly versionId?: string;
  readonly size: number;
  /** Epoch milliseconds in whole seconds, as S3 keeps it. */
  readonly lastModifiedMs: number;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly isDeleteMarker: boolean;
}

export interface Bucket {
  readonly name: string;
  readonly eventBridge: boolean;
  readonly versioned: boolean;
  /** The versions under each key, oldest first; in a bucket without versions at most one. */
  readonly objects: Map<string, StoredObject[]>;
}

export interface PutOptions {
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly reason?: 'PutObject' | 'CopyObject';
}

/** The order in which S3 lists keys: by their UTF-8 bytes. */
export const byKey = (one: StoredObject, other: StoredObject): number =>
  Buffer.compare(Buffer.from(one.key), Buffer.from(other.key));

/** What S3's headers say of an object. */
export const headers = (object: StoredObject) => ({
  AcceptRanges: 'bytes',
  ContentLength: object.size,
  ContentType: object.contentType,
  ETag: `"${object.etag}"`,
  LastModified: new Date(object.lastModifiedMs),
  Metadata: object.metadata,
  ServerSideEncryption: 'AES256',
  ...(object.versionId !== undefined && { VersionId: object.versionId }),
});
