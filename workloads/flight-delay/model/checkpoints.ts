// One file per finished epoch. SageMaker copies the directory to S3 all the time and back before a Spot
// instance starts again; what it finds there may be half copied, or belong to other data or settings.

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../container.ts';
import type { Tree } from '../trees/tree.ts';

export interface EpochMetrics {
  readonly epoch: number;
  readonly trainLogLoss: number;
  readonly validationLogLoss: number;
  readonly validationAuc: number;
}

export interface Checkpoint {
  /** Of the data and of every hyperparameter but the number of epochs. */
  readonly fingerprint: string;
  readonly epoch: number;
  readonly metrics: readonly EpochMetrics[];
  readonly trees: readonly Tree[];
}

const checkpointName = /^epoch-(\d{4})\.json$/;
const anyLeftover = /^epoch-\d{4}\.json(\.unfinished)?$/;

function nameOf(epoch: number): string {
  return `epoch-${String(epoch).padStart(4, '0')}.json`;
}

export async function saveCheckpoint(directory: string, checkpoint: Checkpoint): Promise<void> {
  await writeWhole(join(directory, nameOf(checkpoint.epoch)), JSON.stringify(checkpoint));
  // The newest two stay, the older in case the newer was half copied when the instance went away.
  const kept = [nameOf(checkpoint.epoch), nameOf(checkpoint.epoch - 1)];
  const names = await readdir(directory);
  const pruned = names.filter((name) => anyLeftover.test(name) && !kept.includes(name));
  await Promise.all(pruned.map((name) => rm(join(directory, name), { force: true })));
}

/** The newest checkpoint that this training may continue from; `tell` hears why others were passed over. */
export async function newestCheckpoint(
  directory: string,
  wanted: { readonly fingerprint: string; readonly epochs: number; readonly treesPerEpoch: number },
  tell: (line: string) => void,
): Promise<Checkpoint | undefined> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names
    .filter((each) => checkpointName.test(each))
    .toSorted()
    .toReversed()) {
    const checkpoint = await readCheckpoint(join(directory, name));
    const reason = objectionTo(checkpoint, wanted);
    if (checkpoint && !reason) return checkpoint;
    tell(`checkpoint ${name} skipped: ${reason}`);
  }
  return undefined;
}

async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Checkpoint;
  } catch {
    return undefined;
  }
}

function objectionTo(
  checkpoint: Checkpoint | undefined,
  wanted: { readonly fingerprint: string; readonly epochs: number; readonly treesPerEpoch: number },
): string | undefined {
  if (typeof checkpoint !== 'object' || checkpoint === null) return 'it cannot be read';
  if (checkpoint.fingerprint !== wanted.fingerprint) return 'it comes from other data or hyperparameters';
  if (checkpoint.epoch > wanted.epochs)
    return `it holds ${checkpoint.epoch} epochs, more than ${wanted.epochs}`;
  const trees = checkpoint.epoch * wanted.treesPerEpoch;
  if (checkpoint.trees?.length !== trees || checkpoint.metrics?.length !== checkpoint.epoch)
    return 'it is incomplete';
  return undefined;
}
