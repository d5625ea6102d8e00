import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';

interface UploadPartInput {
  Bucket: string;
  Key: string;
  UploadId: string;
  PartNumber: number;
  Body?: Uint8Array | string;
}

export const uploadPart =
  (s3: S3): Operation =>
  (input: UploadPartInput) => {
    const upload = s3.uploads.find(input);
    const body = typeof input.Body === 'string' ? Buffer.from(input.Body) : (input.Body ?? Buffer.alloc(0));
    const { etag, checksums } = s3.uploads.addPart(upload, input.PartNumber, body, input);
    return { ETag: `"${etag}"`, ...checksums, ServerSideEncryption: 'AES256' };
  };
