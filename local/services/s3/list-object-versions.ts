import type { Operation } from '../../service.ts';
import { summary } from './list-objects-v2.ts';
import { comesAfter, echoOf, encoderOf, type ListingInput, pageOf } from './listing.ts';
import type { S3 } from './s3.ts';
import type { StoredObject } from './stored-object.ts';

interface ListObjectVersionsInput extends ListingInput {
  KeyMarker?: string;
  VersionIdMarker?: string;
}

interface Version {
  readonly key: string;
  readonly object: StoredObject;
  readonly isLatest: boolean;
}

/** Every version and delete marker, keys in S3's order and the newest of each first. */
export const listObjectVersions =
  (s3: S3): Operation =>
  (input: ListObjectVersionsInput) => {
    const all = versionsIn(s3, input);
    const reached = all.findIndex(
      ({ key, object }) => key === input.KeyMarker && idOf(object) === input.VersionIdMarker,
    );
    const page = pageOf(all.slice(reached + 1), input, (name, version) =>
      // Behind the version that was reached, more of the same key may come.
      reached >= 0 && version?.key === input.KeyMarker ? true : comesAfter(name, input.KeyMarker),
    );
    const encode = encoderOf(input);
    return {
      ...echoOf(input, page),
      KeyMarker: encode(input.KeyMarker ?? ''),
      VersionIdMarker: input.VersionIdMarker ?? '',
      ...(page.isTruncated && {
        NextKeyMarker: encode(page.lastName!),
        ...(page.lastEntry && { NextVersionIdMarker: idOf(page.lastEntry.object) }),
      }),
      Versions: page.entries
        .filter(({ object }) => !object.isDeleteMarker)
        .map(({ object, isLatest }) => ({
          ...summary(object, encode),
          VersionId: idOf(object),
          IsLatest: isLatest,
        })),
      DeleteMarkers: page.entries
        .filter(({ object }) => object.isDeleteMarker)
        .map(({ object, isLatest }) => ({
          Key: encode(object.key),
          VersionId: idOf(object),
          IsLatest: isLatest,
          LastModified: new Date(object.lastModifiedMs),
        })),
    };
  };

const versionsIn = (s3: S3, { Bucket, Prefix = '' }: ListObjectVersionsInput): Version[] =>
  s3
    .bucket(Bucket)
    .objects.under(Prefix)
    .flatMap(({ key, versions }) =>
      versions.toReversed().map((object, index) => ({ key, object, isLatest: index === 0 })),
    );

/** An object from before its bucket was versioned goes by `null`. */
const idOf = ({ versionId }: StoredObject): string => versionId ?? 'null';
