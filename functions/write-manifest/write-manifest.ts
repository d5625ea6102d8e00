import type {
  DataManifest,
  ReleaseRequest,
  WriteManifestRequest,
  WriteManifestResult,
} from '#shared/generated/contracts.ts';
import { type Part, partKey } from '#shared/uploads.ts';
import { hashOf, type Merged, manifestText, merge } from './manifest.ts';

export interface Doors {
  /** Where manifests are kept. */
  readonly bucket: string;
  /** @throws Error when nothing lies there */
  readonly read: (key: string) => Promise<string>;
  readonly write: (key: string, text: string) => Promise<void>;
}

/** S3 reads under way at once. */
const AT_ONCE = 16;

/**
 * Turns the parts of a burst into one manifest and the request for its release.
 * Done over, it comes to the same: same parts, same manifest, same name.
 */
export async function writeManifest(
  { pipeline, parts, released }: WriteManifestRequest,
  doors: Doors,
): Promise<WriteManifestResult> {
  const keys = [...new Set(parts)].map((part) => partKey(pipeline, part));
  const merged = merge(
    (await readAll(keys, doors)) as Part[],
    (await readAll(released.map(keyOf), doors)) as DataManifest[],
  );
  const { objects, repeated } = merged;
  if (objects.length === 0) return { objects: 0, repeated };

  const hash = hashOf(objects);
  const key = `manifests/${pipeline}/${hash}/manifest.json`;
  await doors.write(key, manifestText(merged));
  const uri = `s3://${doors.bucket}/${key}`;
  return {
    objects: objects.length,
    repeated,
    uri,
    name: `${pipeline.slice(0, 40)}-data-${hash.slice(0, 16)}`,
    request: requestFor(pipeline, merged, { uri, hash }),
  };
}

function requestFor(
  pipeline: string,
  { bucket, objects, lastTime }: Merged,
  { uri, hash }: { uri: string; hash: string },
): ReleaseRequest {
  const bytes = objects.reduce((sum, { size }) => sum + size, 0);
  const first = objects[0]!;
  const isOne = objects.length === 1;
  return {
    pipeline,
    trigger: {
      kind: 'data',
      detail: isOne
        ? `s3://${bucket}/${first.key}`.slice(0, 1024)
        : `${objects.length} objects with ${bytes} bytes in s3://${bucket}`,
      eventTime: lastTime,
      bucket,
      ...(isOne && { key: first.key, ...(first.versionId !== undefined && { versionId: first.versionId }) }),
      manifest: { uri, hash, objects: objects.length, bytes },
    },
  };
}

/** JSON texts, in the order of their keys. */
async function readAll(keys: readonly string[], { read }: Doors): Promise<unknown[]> {
  const texts: unknown[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => read(key)));
    texts.push(...some.map((text) => JSON.parse(text) as unknown));
  }
  return texts;
}

const keyOf = (uri: string): string => uri.replace(/^s3:\/\/[^/]+\//, '');
