// The raw delivery: any number of files, in any folders, each in one of three forms.

import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { RefusedInputError } from '../container.ts';
import { rowsFromCsv } from './csv.ts';

export interface RawFile {
  /** Relative to the delivery, with slashes. */
  readonly name: string;
  readonly rows: readonly unknown[];
}

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  '.json': (text) => JSON.parse(text),
  '.jsonl': (text) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line)),
  '.csv': rowsFromCsv,
};

/** In the order of their names, by code point: which file is the later one must not depend on a locale. */
export async function readRawFiles(directory: string): Promise<{ files: RawFile[]; passedOver: string[] }> {
  const names = await namesIn(directory);
  const files: RawFile[] = [];
  for (const name of names.filter(isTable)) {
    files.push({ name, rows: parse(name, await readFile(join(directory, name), 'utf8')) });
  }
  return { files, passedOver: names.filter((name) => !isTable(name)) };
}

/** The text of every CSV file in a channel, in the order of their names. */
export async function readCsvFiles(directory: string): Promise<{ name: string; text: string }[]> {
  const names = (await namesIn(directory)).filter((name) => extname(name) === '.csv');
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(directory, name), 'utf8') })),
  );
}

async function namesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll(sep, '/'),
    )
    .toSorted((one, other) => (one < other ? -1 : 1));
}

function isTable(name: string): boolean {
  return Object.hasOwn(parsers, extname(name));
}

function parse(name: string, text: string): readonly unknown[] {
  let rows: unknown;
  try {
    rows = parsers[extname(name)]?.(text);
  } catch (cause) {
    throw new RefusedInputError(`${name} cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (!Array.isArray(rows)) throw new RefusedInputError(`${name} must hold a JSON array of flights.`);
  return rows;
}
