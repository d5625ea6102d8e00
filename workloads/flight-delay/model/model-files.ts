// Where a model's files come from: a directory that SageMaker has filled, or the archive of a package.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedInputError } from '../container.ts';
import { filesInArchive } from '../evidence/archive.ts';

export interface ModelFiles {
  readonly names: readonly string[];
  /** @throws RefusedInputError when there is no such file */
  read(name: string): Promise<Buffer>;
  /** Packed, as it lies in S3; unknown of a directory. */
  readonly archiveBytes?: number;
}

export async function filesInDirectory(directory: string): Promise<ModelFiles> {
  const names = await readdir(directory).catch((): string[] => []);
  return {
    names,
    async read(name) {
      if (!names.includes(name)) throw new RefusedInputError(`The model directory has no ${name}.`);
      return readFile(join(directory, name));
    },
  };
}

/**
 * The one archive in a directory: `model.tar.gz` of a training, `model-ml_c5.tar.gz` of a compiler.
 *
 * @param what the directory's name for those who read a refusal
 */
export async function filesInArchiveIn(directory: string, what: string): Promise<ModelFiles> {
  const names = await readdir(directory).catch((): string[] => []);
  const archives = names.filter((name) => name.endsWith('.tar.gz'));
  if (archives.length !== 1) {
    throw new RefusedInputError(
      archives.length === 0
        ? `There is no model.tar.gz in ${what}.`
        : `There is more than one archive in ${what}: ${archives.toSorted().join(', ')}.`,
    );
  }
  const archive = await readFile(join(directory, archives[0] as string));
  const files = filesInArchive(archive);
  return {
    names: [...files.keys()],
    async read(name) {
      const file = files.get(name);
      if (!file) throw new RefusedInputError(`The model archive has no ${name}.`);
      return file;
    },
    archiveBytes: archive.length,
  };
}
