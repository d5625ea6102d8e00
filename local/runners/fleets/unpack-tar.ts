import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/**
 * Writes the files of a `model.tar.gz` below `directory`. Knows plain ustar and
 * the long names of GNU and pax archives; links and devices are left out, as
 * are paths that point outside.
 */
export function unpackTarGz(archive: Uint8Array, directory: string): void {
  for (const { path, body } of tarFiles(gunzipSync(archive))) {
    const safe = normalize(path);
    if (safe.startsWith('..') || safe.startsWith('/')) continue;
    const target = join(directory, safe);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, body);
  }
}

function* tarFiles(tar: Buffer): Generator<{ path: string; body: Buffer }> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const text = (from: number, length: number): string => {
      const field = tar.subarray(at + from, at + from + length);
      const end = field.indexOf(0);
      return field.subarray(0, end === -1 ? length : end).toString();
    };
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const type = text(156, 1);
    const body = tar.subarray(at + BLOCK, at + BLOCK + size);
    const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
    const path = longName ?? (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L') {
      longName = body.toString().replace(/\0.*$/s, '');
      continue;
    }
    if (type === 'x') {
      longName = /^\d+ path=(.*)$/m.exec(body.toString())?.[1];
      continue;
    }
    longName = undefined;
    if (type === '0' || type === '') yield { path, body };
  }
}
