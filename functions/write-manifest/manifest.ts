import { createHash } from 'node:crypto';
import type { DataManifest, ListedObject } from '#shared/generated/contracts.ts';
import { isLater, type Part, type Upload } from '#shared/uploads.ts';

/** What a burst comes to. */
export interface Merged extends DataManifest {
  /** When the last of its objects was put there, ISO-8601. */
  readonly lastTime: string;
  /** Events that told nothing new: doubled, or overtaken by a later upload of the same key. */
  readonly repeated: number;
}

/**
 * The newest upload of each key, without what an earlier manifest has listed
 * already: an event that comes twice, even long after its burst, asks nothing.
 *
 * @param earlier manifests of the pipeline's last releases
 */
export function merge(parts: readonly Part[], earlier: readonly DataManifest[]): Merged {
  const newest = new Map<string, Upload>();
  let told = 0;
  for (const upload of parts.flatMap(({ uploads }) => uploads)) {
    told += 1;
    const known = newest.get(upload.key);
    if (known === undefined || isLater(upload.sequencer, known.sequencer)) newest.set(upload.key, upload);
  }
  for (const { key, sequencer } of earlier.flatMap(({ objects }) => objects)) {
    const upload = newest.get(key);
    if (upload !== undefined && sequencer !== undefined && !isLater(upload.sequencer, sequencer))
      newest.delete(key);
  }
  const uploads = [...newest.values()];
  return {
    bucket: parts[0]?.bucket ?? '',
    objects: inOrder(uploads).map(({ key, versionId, etag, size, sequencer }) => ({
      key,
      ...(versionId !== undefined && { versionId }),
      etag,
      size,
      sequencer,
    })),
    lastTime: uploads.reduce((last, { time }) => (time > last ? time : last), ''),
    repeated: told - uploads.length,
  };
}

/** By the bytes of their keys, as S3 lists them. */
function inOrder(uploads: readonly Upload[]): Upload[] {
  return uploads
    .map((upload) => ({ upload, bytes: Buffer.from(upload.key) }))
    .sort((one, other) => Buffer.compare(one.bytes, other.bytes))
    .map(({ upload }) => upload);
}

/** SHA-256 over keys, versions and ETags: the same objects have the same hash, whatever came in between. */
export function hashOf(objects: readonly ListedObject[]): string {
  const hash = createHash('sha256');
  for (const { key, versionId, etag } of objects) hash.update(JSON.stringify([key, versionId ?? '', etag]));
  return hash.digest('hex');
}

/** As schemas/manifest.schema.json wants it: each object on a line of its own. */
export function manifestText({ bucket, objects }: DataManifest): string {
  const lines = objects.map((object) => JSON.stringify(object)).join(',\n');
  return `{"bucket":${JSON.stringify(bucket)},"objects":[\n${lines}\n]}\n`;
}
