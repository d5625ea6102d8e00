import type { Operation } from '../../service.ts';
import { comesAfter, encoderOf, type ListingInput, pageOf } from './listing.ts';
import type { S3 } from './s3.ts';

interface ListMultipartUploadsInput extends Omit<ListingInput, 'MaxKeys'> {
  MaxUploads?: number;
  KeyMarker?: string;
}

export const listMultipartUploads =
  (s3: S3): Operation =>
  (input: ListMultipartUploadsInput) => {
    s3.bucket(input.Bucket);
    const uploads = s3.uploads.of(input.Bucket).filter(({ key }) => key.startsWith(input.Prefix ?? ''));
    const listing: ListingInput = {
      ...input,
      ...(input.MaxUploads !== undefined && { MaxKeys: input.MaxUploads }),
    };
    const page = pageOf(uploads, listing, (name) => comesAfter(name, input.KeyMarker));
    const encode = encoderOf(input);
    return {
      Bucket: input.Bucket,
      KeyMarker: encode(input.KeyMarker ?? ''),
      Prefix: encode(input.Prefix ?? ''),
      MaxUploads: page.maxKeys,
      IsTruncated: page.isTruncated,
      ...(page.isTruncated && { NextKeyMarker: encode(page.lastName!) }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      ...(page.prefixes.length > 0 && {
        CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix: encode(Prefix) })),
      }),
      Uploads: page.entries.map(({ id, key, startedMs }) => ({
        Key: encode(key),
        UploadId: id,
        Initiated: new Date(startedMs),
        StorageClass: 'STANDARD',
      })),
    };
  };
