import { readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

export interface ListedFile {
  /** Relative to the directory, with forward slashes. */
  readonly path: string;
  /** Changes whenever the file does. */
  readonly mark: string;
}

/** Every file below a directory, in the order of its path; links are not followed, as SageMaker does not. */
export function listFiles(directory: string): ListedFile[] {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(directory);
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      try {
        const { size, mtimeMs, ino } = statSync(file);
        return [{ path: relative(directory, file).split(sep).join('/'), mark: `${size}/${mtimeMs}/${ino}` }];
      } catch {
        // Deleted since the directory was read.
        return [];
      }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The place of an S3 key's relative path inside a directory.
 *
 * @throws Error for a key such as `../x`, which would lie outside it
 */
export function placeIn(directory: string, path: string): string {
  const place = join(directory, path);
  const fromThere = relative(directory, place);
  if (fromThere.startsWith('..') || isAbsolute(fromThere)) {
    throw new Error(`The key ${path} would be written outside the job's directory.`);
  }
  return place;
}

const readEntries = (directory: string) => readdirSync(directory, { recursive: true, withFileTypes: true });
