import type { Operation } from '../../service.ts';
import { preconditionFailed } from './errors.ts';
import type { S3 } from './s3.ts';

interface PutObjectInput {
  Bucket: string;
  Key: string;
  /** Bytes, text, or what a state machine passes as JSON, which is stored as JSON text. */
  Body?: unknown;
  ContentType?: string;
  Metadata?: Record<string, string>;
  IfMatch?: string;
  IfNoneMatch?: string;
}

export const putObject =
  (s3: S3): Operation =>
  (input: PutObjectInput) => {
    const existing = s3.get(input.Bucket, input.Key);
    if (input.IfNoneMatch === '*' && existing !== undefined) throw preconditionFailed();
    if (input.IfMatch !== undefined && input.IfMatch.replaceAll('"', '') !== existing?.etag) {
      throw preconditionFailed();
    }
    const stored = s3.put(input.Bucket, input.Key, bytesOrText(input.Body), {
      contentType: input.ContentType,
      metadata: input.Metadata,
    });
    return {
      ETag: `"${stored.etag}"`,
      ServerSideEncryption: 'AES256',
      ...(stored.versionId !== undefined && { VersionId: stored.versionId }),
    };
  };

const bytesOrText = (body: unknown): Uint8Array | string => {
  if (body === undefined) return '';
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
};
