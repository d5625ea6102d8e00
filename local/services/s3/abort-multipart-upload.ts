import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';

interface AbortMultipartUploadInput {
  Bucket: string;
  Key: string;
  UploadId: string;
}

export const abortMultipartUpload =
  (s3: S3): Operation =>
  (input: AbortMultipartUploadInput) => {
    s3.uploads.end(s3.uploads.find(input));
    return {};
  };
