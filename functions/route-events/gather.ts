import { createHash } from 'node:crypto';
import type { Pipeline } from '#shared/generated/contracts.ts';
import { type Part, partKey, type Upload } from '#shared/uploads.ts';
import type { Doors, Settings } from './doors.ts';
import type { UploadWish } from './wish.ts';

/** The schema's own defaults; what is packaged is as its author wrote it. */
const QUIET_SECONDS = 60;
const MAX_WAIT_SECONDS = 900;

/** `collect` ends a burst at so many parts, or its list would outgrow the ledger's items and the machine's payload. */
const MOST_PARTS = 2000;

/** What one queue batch brought for one pipeline. */
export interface Gathered {
  readonly pipeline: Pipeline;
  readonly bucket: string;
  readonly uploads: Upload[];
  hasMarker: boolean;
}

/** Puts a wish with the others of its pipeline. */
export function sort(wish: UploadWish, bursts: Map<string, Gathered>): Gathered {
  const { pipeline, bucket, upload } = wish;
  let gathered = bursts.get(pipeline.name);
  if (gathered === undefined) {
    gathered = { pipeline, bucket, uploads: [], hasMarker: false };
    bursts.set(pipeline.name, gathered);
  }
  if (upload === undefined) gathered.hasMarker = true;
  else gathered.uploads.push(upload);
  return gathered;
}

/**
 * Adds one queue batch to its pipeline's burst: one part in S3, one write to the
 * ledger, and a collector that is started or was already. However often it is
 * done over, and wherever it stops, nothing is lost and nothing is asked twice.
 */
export async function gather(
  { pipeline, bucket, uploads, hasMarker }: Gathered,
  doors: Doors,
): Promise<string> {
  const { name } = pipeline;
  const settings = settingsOf(pipeline);
  const text = JSON.stringify({ bucket, uploads } satisfies Part);
  const part = hash(text);
  if (uploads.length > 0) await doors.keepPart(partKey(name, part), text);

  const nowMs = doors.nowMs();
  const burst = await doors.addToBurst({
    pipeline: name,
    batch: batchName(name, [part, nowMs]),
    settings,
    nowMs,
    ...(uploads.length > 0 && { part }),
    hasMarker,
  });
  const isOver = hasMarker || burst.parts >= MOST_PARTS;
  if (isOver && burst.token !== undefined) await doors.wake(burst.token);
  // Asked every time: a collector that runs is the same one, and one that died is noticed by the next upload.
  return await collect(burst.batch, settings, doors);
}

/** @returns the name of the collector that has the burst */
async function collect(batch: string, settings: Settings, doors: Doors): Promise<string> {
  const { pipeline } = settings;
  const start = (name: string) =>
    doors.start({ machine: 'collect', name, input: { ...settings, batch: name } });
  if ((await start(batch)) === 'started') return batch;
  const next = batchName(pipeline, [batch, 'again']);
  // Refused when it ended as it should and took our part with it, or when somebody else was here before us.
  if (!(await doors.replaceCollector(pipeline, batch, next))) return batch;
  await start(next);
  return next;
}

function settingsOf({ name, triggers }: Pipeline): Settings {
  const { quietSeconds = QUIET_SECONDS, maxWaitSeconds = MAX_WAIT_SECONDS, marker } = triggers!.data!;
  return { pipeline: name, quietSeconds, maxWaitSeconds, ...(marker !== undefined && { marker }) };
}

const batchName = (pipeline: string, what: readonly unknown[]): string =>
  `${pipeline.slice(0, 40)}-${hash(JSON.stringify([pipeline, ...what]))}`;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
