import type { ListedObject } from '#shared/generated/contracts.ts';

export interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

/** One page of a bucket's objects in S3's order, each in its latest version. */
export interface Page {
  readonly objects: readonly ListedObject[];
  /** Where the next page begins; undefined after the last one. */
  readonly next: Marker | undefined;
}

/** Behind a version of a key, or behind all versions of it. */
export interface Marker {
  readonly key: string;
  readonly versionId?: string;
}

/** What surveying needs of S3. */
export interface Store {
  list(bucket: string, prefix: string, after: Marker | undefined, most?: number): Promise<Page>;
  read(place: S3Place): Promise<AsyncIterable<Uint8Array>>;
  write(place: S3Place, body: Uint8Array): Promise<void>;
}

/** `s3://bucket/key`, already known to be well formed. */
export function placeOf(uri: string): S3Place {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
  return { bucket, key };
}
