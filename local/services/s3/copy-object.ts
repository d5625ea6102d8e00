import type { Operation } from '../../service.ts';
import { findObject } from './get-object.ts';
import type { S3 } from './s3.ts';

interface CopyObjectInput {
  Bucket: string;
  Key: string;
  /** `bucket/key` or `/bucket/key`, URL-encoded, with `?versionId=…` for a version. */
  CopySource: string;
  ContentType?: string;
  Metadata?: Record<string, string>;
  MetadataDirective?: 'COPY' | 'REPLACE';
}

export const copyObject =
  (s3: S3): Operation =>
  (input: CopyObjectInput) => {
    const [path = '', versionId] = input.CopySource.replace(/^\//, '').split('?versionId=');
    const slash = path.indexOf('/');
    const source = findObject(s3, {
      Bucket: decodeURIComponent(path.slice(0, slash)),
      Key: decodeURIComponent(path.slice(slash + 1)),
      VersionId: versionId,
    });
    const isNew = input.MetadataDirective === 'REPLACE';
    const copy = s3.put(input.Bucket, input.Key, source.body, {
      contentType: isNew ? input.ContentType : source.contentType,
      metadata: isNew ? input.Metadata : source.metadata,
      reason: 'CopyObject',
    });
    return {
      CopyObjectResult: { ETag: `"${copy.etag}"`, LastModified: new Date(copy.lastModifiedMs) },
      ...(source.versionId !== undefined && { CopySourceVersionId: source.versionId }),
      ...(copy.versionId !== undefined && { VersionId: copy.versionId }),
      ServerSideEncryption: 'AES256',
    };
  };
