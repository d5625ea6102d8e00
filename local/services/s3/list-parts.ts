import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';

interface ListPartsInput {
  Bucket: string;
  Key: string;
  UploadId: string;
  MaxParts?: number;
  PartNumberMarker?: number;
}

const MOST_PARTS = 1_000;

export const listParts =
  (s3: S3): Operation =>
  (input: ListPartsInput) => {
    const { parts } = s3.uploads.find(input);
    const maxParts = Math.min(input.MaxParts ?? MOST_PARTS, MOST_PARTS);
    const after = input.PartNumberMarker ?? 0;
    const rest = [...parts.values()]
      .sort((one, other) => one.number - other.number)
      .filter(({ number }) => number > after);
    const page = rest.slice(0, maxParts);
    return {
      Bucket: input.Bucket,
      Key: input.Key,
      UploadId: input.UploadId,
      PartNumberMarker: after,
      ...(page.length > 0 && { NextPartNumberMarker: page.at(-1)!.number }),
      MaxParts: maxParts,
      IsTruncated: page.length < rest.length,
      StorageClass: 'STANDARD',
      Parts: page.map((part) => ({
        PartNumber: part.number,
        LastModified: new Date(part.lastModifiedMs),
        ETag: `"${part.etag}"`,
        Size: part.body.length,
        ...part.checksums,
      })),
    };
  };
