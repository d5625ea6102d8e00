import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const BLOCK = 512;

/** One fixed time in every header, so that equal files make equal archives: 2000-01-01T00:00:00Z. */
const MTIME_SECONDS = 946_684_800;

/**
 * A gzip-compressed ustar archive. The same files give the same bytes: names
 * are sorted, times and owners fixed.
 *
 * @param files contents by relative path with forward slashes
 * @throws Error for a path that ustar cannot hold (over 255 characters)
 */
export function tarGz(files: Readonly<Record<string, Uint8Array | string>>): Uint8Array {
  const blocks: Buffer[] = [];
  for (const path of Object.keys(files).sort()) {
    const content = files[path]!;
    const body = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
    blocks.push(header(path, body.length), body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK));
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  const zipped = gzipSync(Buffer.concat(blocks), { level: 6 });
  // Byte 9 names the operating system that zipped; 255 is "unknown" on every machine.
  zipped[9] = 255;
  return zipped;
}

/**
 * Writes the files of a `model.tar.gz` below `directory`. Knows plain ustar and
 * the long names of GNU and pax archives; links and devices are left out, as
 * are paths that point outside.
 */
export function unpackTarGz(archive: Uint8Array, directory: string): void {
  for (const { path, body } of tarFiles(gunzipSync(archive))) {
    const safe = normalize(path);
    if (safe.startsWith('..') || isAbsolute(safe)) continue;
    const target = join(directory, safe);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, body);
  }
}

function header(path: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const [prefix, name] = split(path);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write(`${MTIME_SECONDS.toString(8).padStart(11, '0')}\0`, 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** ustar keeps the last 100 bytes of a path apart from up to 155 before them, divided at a slash. */
function split(path: string): [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return [prefix, name];
  }
  throw new Error(`The path is too long for a model archive: ${path}`);
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
