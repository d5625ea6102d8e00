import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Store } from './store.ts';

/** A listing of versions costs as much as one of objects, and only it tells version ids. */
export const s3Store = (s3: S3Client): Store => ({
  async list(bucket, prefix, after, most) {
    const page = await s3.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: prefix,
        KeyMarker: after?.key,
        VersionIdMarker: after?.versionId,
        MaxKeys: most,
        // XML has no place for some characters that keys may have.
        EncodingType: 'url',
      }),
    );
    const objects = (page.Versions ?? [])
      .filter(({ IsLatest }) => IsLatest)
      .map(({ Key, ETag, Size, VersionId }) => ({
        key: decoded(Key!),
        // A bucket that never kept versions has only `null`.
        ...(VersionId !== undefined && VersionId !== 'null' && { versionId: VersionId }),
        etag: ETag!.replaceAll('"', ''),
        size: Size!,
      }));
    const next = page.IsTruncated
      ? { key: decoded(page.NextKeyMarker!), versionId: page.NextVersionIdMarker }
      : undefined;
    return { objects, next };
  },

  async read({ bucket, key }) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Body as unknown as AsyncIterable<Uint8Array>;
  },

  async write({ bucket, key }, body) {
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }),
    );
  },
});

const decoded = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));
