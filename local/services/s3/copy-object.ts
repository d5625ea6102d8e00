import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { findObject } from './get-object.ts';
import { refuseTags } from './put-object.ts';
import type { S3 } from './s3.ts';
import { keptHeaders, type ObjectHeaders, type StoredObject } from './stored-object.ts';

export interface CopySourceInput {
  /** `bucket/key` or `/bucket/key`, URL-encoded, with `?versionId=…` for a version. */
  CopySource: string;
  CopySourceIfMatch?: string;
  CopySourceIfNoneMatch?: string;
  CopySourceIfModifiedSince?: Date;
  CopySourceIfUnmodifiedSince?: Date;
}

interface CopyObjectInput extends CopySourceInput, ObjectHeaders {
  Bucket: string;
  Key: string;
  ContentType?: string;
  Metadata?: Record<string, string>;
  MetadataDirective?: 'COPY' | 'REPLACE';
  Tagging?: string;
}

export const copyObject =
  (s3: S3): Operation =>
  (input: CopyObjectInput) => {
    refuseTags(input.Tagging);
    const source = copySource(s3, input);
    const isNew = input.MetadataDirective === 'REPLACE';
    const copy = s3.put(input.Bucket, input.Key, source.body, {
      contentType: isNew ? input.ContentType : source.contentType,
      metadata: isNew ? input.Metadata : source.metadata,
      headers: isNew ? keptHeaders(input) : source.headers,
      checksums: source.checksums,
      reason: 'CopyObject',
    });
    return {
      CopyObjectResult: { ETag: `"${copy.etag}"`, LastModified: new Date(copy.lastModifiedMs) },
      ...(source.versionId !== undefined && { CopySourceVersionId: source.versionId }),
      ...(copy.versionId !== undefined && { VersionId: copy.versionId }),
      ServerSideEncryption: 'AES256',
    };
  };

/** @throws AwsError for what is not there, and where a condition on the source does not hold */
export const copySource = (s3: S3, input: CopySourceInput): StoredObject => {
  const [path = '', versionId] = input.CopySource.replace(/^\//, '').split('?versionId=');
  const slash = path.indexOf('/');
  return findObject(s3, {
    Bucket: decoded(path.slice(0, slash)),
    Key: decoded(path.slice(slash + 1)),
    ...(versionId !== undefined && { VersionId: versionId }),
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidArgument', 'Invalid copy source encoding.');
  }
};
