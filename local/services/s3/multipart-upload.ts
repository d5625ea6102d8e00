import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { World } from '../../world.ts';
import { type Checksums, verifiedChecksums } from './checksums.ts';
import type { PutOptions } from './stored-object.ts';

export interface Part {
  readonly number: number;
  readonly body: Uint8Array;
  /** MD5 in hex. */
  readonly etag: string;
  readonly checksums: Checksums;
  readonly lastModifiedMs: number;
}

export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly options: PutOptions;
  readonly startedMs: number;
  readonly parts: Map<number, Part>;
}

/** Every part but the last has at least so many bytes. */
const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

/** Uploads that have begun and are neither completed nor given up. */
export class MultipartUploads {
  readonly #world: World;
  readonly #uploads = new Map<string, Upload>();

  constructor(world: World) {
    this.#world = world;
  }

  begin(bucket: string, key: string, options: PutOptions): Upload {
    const id = this.#world.random.stream('s3/upload-ids').hex(64);
    const upload = { id, bucket, key, options, startedMs: this.#world.clock.now(), parts: new Map() };
    this.#uploads.set(id, upload);
    return upload;
  }

  /** @throws AwsError NoSuchUpload */
  find({ Bucket, Key, UploadId }: { Bucket: string; Key: string; UploadId: string }): Upload {
    const upload = this.#uploads.get(UploadId);
    if (upload?.bucket === Bucket && upload.key === Key) return upload;
    throw new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
    );
  }

  /** @throws AwsError InvalidArgument for a number that S3 has no place for, BadDigest */
  addPart(upload: Upload, number: number, body: Uint8Array, input: object): Part {
    if (!Number.isInteger(number) || number < 1 || number > 10_000) {
      throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
    }
    const part: Part = {
      number,
      body,
      etag: createHash('md5').update(body).digest('hex'),
      checksums: verifiedChecksums(input, body),
      lastModifiedMs: Math.floor(this.#world.clock.now() / 1000) * 1000,
    };
    upload.parts.set(number, part);
    return part;
  }

  end(upload: Upload): void {
    this.#uploads.delete(upload.id);
  }

  /** Uploads into a bucket by key, then by who began first. */
  of(bucket: string): Upload[] {
    return [...this.#uploads.values()]
      .filter((upload) => upload.bucket === bucket)
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }
}

/**
 * The parts that a caller wants joined.
 *
 * @throws AwsError InvalidPart, InvalidPartOrder, EntityTooSmall
 */
export const chosenParts = (
  upload: Upload,
  named: readonly { readonly PartNumber?: number; readonly ETag?: string }[],
): Part[] => {
  const parts = named.map(({ PartNumber, ETag }) => {
    const part = upload.parts.get(PartNumber ?? 0);
    if (part === undefined || part.etag !== (ETag ?? '').replaceAll('"', '')) throw invalidPart();
    return part;
  });
  if (parts.some(({ number }, index) => index > 0 && number <= parts[index - 1]!.number)) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    );
  }
  if (parts.slice(0, -1).some(({ body }) => body.length < SMALLEST_PART_BYTES)) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
};

/** MD5 over the parts' MD5s, a dash and how many they are. */
export const joinedEtag = (parts: readonly Part[]): string => {
  const sums = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
  return `${createHash('md5').update(sums).digest('hex')}-${parts.length}`;
};

const invalidPart = (): AwsError =>
  new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  );
