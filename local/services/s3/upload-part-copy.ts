import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { type CopySourceInput, copySource } from './copy-object.ts';
import { readRange } from './get-object.ts';
import type { S3 } from './s3.ts';

interface UploadPartCopyInput extends CopySourceInput {
  Bucket: string;
  Key: string;
  UploadId: string;
  PartNumber: number;
  /** `bytes=first-last`, both told. */
  CopySourceRange?: string;
}

export const uploadPartCopy =
  (s3: S3): Operation =>
  (input: UploadPartCopyInput) => {
    const upload = s3.uploads.find(input);
    const source = copySource(s3, input);
    const [first, last] = rangeOf(input.CopySourceRange, source.size);
    const body = source.body.subarray(first, last + 1);
    const { etag, lastModifiedMs } = s3.uploads.addPart(upload, input.PartNumber, body, {});
    return {
      CopyPartResult: { ETag: `"${etag}"`, LastModified: new Date(lastModifiedMs) },
      ...(source.versionId !== undefined && { CopySourceVersionId: source.versionId }),
      ServerSideEncryption: 'AES256',
    };
  };

const rangeOf = (range: string | undefined, size: number): [first: number, last: number] => {
  if (range === undefined) return [0, size - 1];
  if (/^bytes=\d+-\d+$/.test(range)) return readRange(range, size)!;
  throw new AwsError(
    'InvalidArgument',
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
  );
};
