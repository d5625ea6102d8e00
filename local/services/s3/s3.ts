import { hash } from 'node:crypto';
import type { Random } from '../../random.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { abortMultipartUpload } from './abort-multipart-upload.ts';
import { completeMultipartUpload } from './complete-multipart-upload.ts';
import { copyObject } from './copy-object.ts';
import { createBucket } from './create-bucket.ts';
import { createMultipartUpload } from './create-multipart-upload.ts';
import { deleteBucket } from './delete-bucket.ts';
import { deleteObject } from './delete-object.ts';
import { deleteObjects } from './delete-objects.ts';
import { bucketNotEmpty, noSuchBucket } from './errors.ts';
import { getBucketLocation } from './get-bucket-location.ts';
import { getBucketVersioning } from './get-bucket-versioning.ts';
import { getObject } from './get-object.ts';
import { getObjectTagging } from './get-object-tagging.ts';
import { headBucket } from './head-bucket.ts';
import { headObject } from './head-object.ts';
import { listBuckets } from './list-buckets.ts';
import { listMultipartUploads } from './list-multipart-uploads.ts';
import { listObjectVersions } from './list-object-versions.ts';
import { listObjects } from './list-objects.ts';
import { listObjectsV2 } from './list-objects-v2.ts';
import { listParts } from './list-parts.ts';
import { MultipartUploads } from './multipart-upload.ts';
import { S3Events } from './object-events.ts';
import { ObjectMap } from './object-map.ts';
import { putBucketNotificationConfiguration } from './put-bucket-notification-configuration.ts';
import { putBucketVersioning } from './put-bucket-versioning.ts';
import { putObject } from './put-object.ts';
import type { Bucket, PutOptions, StoredObject } from './stored-object.ts';
import { uploadPart } from './upload-part.ts';
import { uploadPartCopy } from './upload-part-copy.ts';

export type { StoredObject } from './stored-object.ts';

const NOTHING = new Uint8Array();

/** Buckets and their objects, in memory. Every change tells EventBridge if the bucket says so. */
export class S3 implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly uploads: MultipartUploads;
  readonly #world: World;
  readonly #buckets = new Map<string, Bucket>();
  readonly #versionIds: Random;
  readonly #events: S3Events;

  constructor(world: World) {
    this.#world = world;
    this.#versionIds = world.random.stream('s3/version-ids');
    this.#events = new S3Events(world);
    this.uploads = new MultipartUploads(world);
    this.operations = {
      AbortMultipartUpload: abortMultipartUpload(this),
      CompleteMultipartUpload: completeMultipartUpload(this, world),
      CopyObject: copyObject(this),
      CreateBucket: createBucket(this, world),
      CreateMultipartUpload: createMultipartUpload(this),
      DeleteBucket: deleteBucket(this),
      DeleteObject: deleteObject(this),
      DeleteObjects: deleteObjects(this),
      GetBucketLocation: getBucketLocation(this, world),
      GetBucketVersioning: getBucketVersioning(this),
      GetObject: getObject(this),
      GetObjectTagging: getObjectTagging(this),
      HeadBucket: headBucket(this, world),
      HeadObject: headObject(this),
      ListBuckets: listBuckets(this, world),
      ListMultipartUploads: listMultipartUploads(this),
      ListObjectVersions: listObjectVersions(this),
      ListObjects: listObjects(this),
      ListObjectsV2: listObjectsV2(this),
      ListParts: listParts(this),
      PutBucketNotificationConfiguration: putBucketNotificationConfiguration(this),
      PutBucketVersioning: putBucketVersioning(this),
      PutObject: putObject(this),
      UploadPart: uploadPart(this),
      UploadPartCopy: uploadPartCopy(this),
    };
  }

  createBucket(name: string, { eventBridge = false, versioned = false } = {}): void {
    const createdMs = this.#world.clock.now();
    this.#buckets.set(name, { name, createdMs, eventBridge, versioned, objects: new ObjectMap() });
  }

  /** @throws AwsError NoSuchBucket, BucketNotEmpty */
  removeBucket(name: string): void {
    if (this.bucket(name).objects.size > 0) throw bucketNotEmpty();
    this.#buckets.delete(name);
  }

  /** In the order of their names. */
  buckets(): Bucket[] {
    return [...this.#buckets.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** @throws AwsError NoSuchBucket */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw noSuchBucket();
    return bucket;
  }

  put(bucketName: string, key: string, body: Uint8Array | string, options: PutOptions = {}): StoredObject {
    const bucket = this.bucket(bucketName);
    // A copy: the caller's bytes may change later.
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body.slice();
    const stored = this.#store(bucket, key, {
      body: bytes,
      contentType: options.contentType ?? 'binary/octet-stream',
      metadata: options.metadata ?? {},
      headers: options.headers ?? {},
      checksums: options.checksums ?? {},
      isDeleteMarker: false,
      ...(options.etag !== undefined && { etag: options.etag }),
    });
    this.#events.created(bucket, stored, options.reason ?? 'PutObject');
    return stored;
  }

  /** The newest version, or the named one; undefined if there is none or it was deleted. */
  get(bucketName: string, key: string, versionId?: string): StoredObject | undefined {
    const found = this.version(bucketName, key, versionId);
    return found?.isDeleteMarker ? undefined : found;
  }

  /** Like `get`, but shows delete markers. */
  version(bucketName: string, key: string, versionId?: string): StoredObject | undefined {
    const versions = this.bucket(bucketName).objects.get(key);
    if (versionId === undefined) return versions?.at(-1);
    return versions?.find((version) => (version.versionId ?? 'null') === versionId);
  }

  /** The newest versions of all keys that begin with `prefix`, in S3's order. */
  list(bucketName: string, prefix = ''): StoredObject[] {
    const found: StoredObject[] = [];
    for (const { versions } of this.bucket(bucketName).objects.under(prefix)) {
      const newest = versions.at(-1);
      if (newest?.isDeleteMarker === false) found.push(newest);
    }
    return found;
  }

  /**
   * Deletes as S3 does: in a versioned bucket a marker is laid over the object,
   * unless a version is named, which goes for good.
   *
   * @returns the marker that was laid, or the version that is gone
   */
  delete(bucketName: string, key: string, versionId?: string): StoredObject | undefined {
    const bucket = this.bucket(bucketName);
    if (versionId === undefined && bucket.versioned) {
      const marker = this.#store(bucket, key, {
        body: NOTHING,
        contentType: '',
        metadata: {},
        headers: {},
        checksums: {},
        isDeleteMarker: true,
      });
      this.#events.deleted(bucket, marker, 'Delete Marker Created');
      return marker;
    }

    const gone = this.version(bucketName, key, versionId);
    if (gone === undefined) return undefined;
    const left = bucket.objects.get(key)!.filter((version) => version !== gone);
    if (left.length === 0) bucket.objects.delete(key);
    else bucket.objects.set(key, left);
    this.#events.deleted(bucket, gone, 'Permanently Deleted');
    return gone;
  }

  #store(
    bucket: Bucket,
    key: string,
    given: Omit<StoredObject, 'bucket' | 'key' | 'etag' | 'size' | 'lastModifiedMs' | 'versionId'> & {
      readonly etag?: string;
    },
  ): StoredObject {
    const stored: StoredObject = {
      bucket: bucket.name,
      key,
      ...given,
      etag: given.etag ?? hash('md5', given.body),
      size: given.body.length,
      lastModifiedMs: Math.floor(this.#world.clock.now() / 1000) * 1000,
      ...(bucket.versioned && { versionId: this.#versionIds.hex(32) }),
    };
    const older = bucket.versioned ? (bucket.objects.get(key) ?? []) : [];
    bucket.objects.set(key, [...older, stored]);
    return stored;
  }
}
