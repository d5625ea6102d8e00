import { notModelled } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { madeChecksum, verifiedChecksums } from './checksums.ts';
import { checkWrite, type WriteConditions } from './conditions.ts';
import type { S3 } from './s3.ts';
import { keptHeaders, type ObjectHeaders } from './stored-object.ts';

interface PutObjectInput extends ObjectHeaders, WriteConditions {
  Bucket: string;
  Key: string;
  /** Bytes, text, or what a state machine passes as JSON, which is stored as JSON text. */
  Body?: unknown;
  ContentType?: string;
  Metadata?: Record<string, string>;
  Tagging?: string;
  /** Named without the checksum itself, it is the caller's SDK that would add it. */
  ChecksumAlgorithm?: string;
}

export const putObject =
  (s3: S3): Operation =>
  (input: PutObjectInput) => {
    refuseTags(input.Tagging);
    checkWrite(s3.get(input.Bucket, input.Key), input);
    const body = bytesOf(input.Body);
    const sent = verifiedChecksums(input, body);
    const checksums = Object.keys(sent).length > 0 ? sent : madeChecksum(body, input.ChecksumAlgorithm);
    const stored = s3.put(input.Bucket, input.Key, body, {
      contentType: input.ContentType,
      metadata: input.Metadata,
      headers: keptHeaders(input),
      checksums,
    });
    return {
      ETag: `"${stored.etag}"`,
      ...checksums,
      ...(Object.keys(checksums).length > 0 && { ChecksumType: 'FULL_OBJECT' }),
      ServerSideEncryption: 'AES256',
      ...(stored.versionId !== undefined && { VersionId: stored.versionId }),
    };
  };

/** @throws AwsError `NotModelled`: tags that are taken and forgotten would be worse than none */
export const refuseTags = (tagging: string | undefined): void => {
  if (tagging) throw notModelled('Tags of objects');
};

const bytesOf = (body: unknown): Uint8Array => {
  if (body instanceof Uint8Array) return body;
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return new TextEncoder().encode(text);
};
