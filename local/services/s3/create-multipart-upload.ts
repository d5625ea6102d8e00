import type { Operation } from '../../service.ts';
import { refuseTags } from './put-object.ts';
import type { S3 } from './s3.ts';
import { keptHeaders, type ObjectHeaders } from './stored-object.ts';

interface CreateMultipartUploadInput extends ObjectHeaders {
  Bucket: string;
  Key: string;
  ContentType?: string;
  Metadata?: Record<string, string>;
  ChecksumAlgorithm?: string;
  ChecksumType?: string;
  Tagging?: string;
}

export const createMultipartUpload =
  (s3: S3): Operation =>
  (input: CreateMultipartUploadInput) => {
    refuseTags(input.Tagging);
    s3.bucket(input.Bucket);
    const upload = s3.uploads.begin(input.Bucket, input.Key, {
      contentType: input.ContentType,
      metadata: input.Metadata,
      headers: keptHeaders(input),
    });
    return {
      Bucket: input.Bucket,
      Key: input.Key,
      UploadId: upload.id,
      ServerSideEncryption: 'AES256',
      ...(input.ChecksumAlgorithm && { ChecksumAlgorithm: input.ChecksumAlgorithm }),
      ...(input.ChecksumType && { ChecksumType: input.ChecksumType }),
    };
  };
