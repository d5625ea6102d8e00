/** One object that was put into the data bucket, as S3 told it. */
export interface Upload {
  readonly key: string;
  /** Absent where the bucket keeps no versions. */
  readonly versionId?: string;
  readonly etag: string;
  readonly size: number;
  /** Hexadecimal; orders events of one key, and of one key alone. */
  readonly sequencer: string;
  /** When it was put there, ISO-8601. */
  readonly time: string;
}

/** What one queue batch brought for one pipeline: lies in S3 until its burst is over. */
export interface Part {
  readonly bucket: string;
  readonly uploads: readonly Upload[];
}

/** Parts serve their burst alone, so they lie where the artifact bucket cleans up by itself. */
export const partKey = (pipeline: string, part: string): string => `scratch/uploads/${pipeline}/${part}.json`;

/**
 * Whether the sequencer `one` was given after `other`, for the same key.
 *
 * Source: S3 user guide, "Event message structure": the shorter is padded with zeros on the left.
 */
export function isLater(one: string, other: string): boolean {
  const length = Math.max(one.length, other.length);
  return one.toUpperCase().padStart(length, '0') > other.toUpperCase().padStart(length, '0');
}
