// A container's directory tree on this machine, filled the way SageMaker would fill it.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Container } from '../../../workloads/flight-delay/container.ts';
import { csvOf } from '../../../workloads/flight-delay/flights/csv.ts';
import { type Share, shareOf } from '../../../workloads/flight-delay/flights/split.ts';
import { firstFlights } from '../../../workloads/flight-delay/sample/sample-data.ts';

const opened: string[] = [];

export async function openContainer(files: Readonly<Record<string, string | Buffer>> = {}) {
  const baseDirectory = await mkdtemp(join(tmpdir(), 'flight-delay-'));
  opened.push(baseDirectory);
  const lines: string[] = [];
  const container: Container = { baseDirectory, log: (line) => lines.push(line) };
  const at = (name: string) => join(baseDirectory, name);
  const write = async (name: string, content: string | Buffer) => {
    await mkdir(dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
  };
  for (const [name, content] of Object.entries(files)) await write(name, content);
  const read = (name: string) => readFile(at(name), 'utf8');
  const readJson = async (name: string) => JSON.parse(await read(name));
  return { container, lines, at, write, read, readJson };
}

export async function removeContainers(): Promise<void> {
  await Promise.all(opened.splice(0).map((directory) => rm(directory, { recursive: true, force: true })));
}

/** Small enough for a model in well under a second. */
export const quickSettings = { epochs: '4', treesPerEpoch: '5', maxDepth: '3' };

export function trainingFiles(settings: Readonly<Record<string, string>> = quickSettings, rows = 1500) {
  const flights = firstFlights().slice(0, rows);
  const shareAsCsv = (share: Share) => csvOf(flights.filter((flight) => shareOf(flight) === share));
  return {
    'input/config/hyperparameters.json': JSON.stringify(settings),
    'input/data/train/flights.csv': shareAsCsv('train'),
    'input/data/validation/flights.csv': shareAsCsv('validation'),
  };
}

/** A model.tar.gz as SageMaker would pack it. */
export function archiveOf(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, given]) => {
    const content = Buffer.from(given as string);
    const header = Buffer.alloc(512);
    header.write(`./${name}`, 0);
    header.write('0000644\0', 100);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write('0', 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

export function firstOf<T>(count: number, endless: Iterator<T>): T[] {
  return Array.from({ length: count }, () => endless.next().value as T);
}

/** What lies in a container's model directory, packed as SageMaker would pack it. */
export async function archiveOfModel(at: (name: string) => string): Promise<Buffer> {
  const names = await readdir(at('model'));
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(at(`model/${name}`))] as const),
  );
  return archiveOf(Object.fromEntries(files));
}
