import type { Operation } from '../../service.ts';
import { summary } from './list-objects-v2.ts';
import { comesAfter, echoOf, encoderOf, type ListingInput, pageOf } from './listing.ts';
import type { S3 } from './s3.ts';

interface ListObjectsInput extends ListingInput {
  Marker?: string;
}

/** The first form of the listing, which some tools still ask for. */
export const listObjects =
  (s3: S3): Operation =>
  (input: ListObjectsInput) => {
    const page = pageOf(s3.list(input.Bucket, input.Prefix), input, (name) => comesAfter(name, input.Marker));
    const encode = encoderOf(input);
    return {
      ...echoOf(input, page),
      Marker: encode(input.Marker ?? ''),
      // Without a delimiter a client goes on from the last key it saw.
      ...(page.isTruncated && input.Delimiter && { NextMarker: encode(page.lastName!) }),
      Contents: page.entries.map((object) => summary(object, encode)),
    };
  };
