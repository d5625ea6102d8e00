// Reads the model.tar.gz that SageMaker made of a model directory. Plain files are all there is in one, so
// this knows plain files, skips every other kind of entry, and asks for no library.

import { gunzipSync } from 'node:zlib';
import { RefusedInputError } from '../container.ts';

const blockBytes = 512;
const plainFile = new Set(['0', '\0']);

/** File contents by name, without a leading "./". */
export function filesInArchive(gzipped: Buffer): Map<string, Buffer> {
  let archive: Buffer;
  try {
    archive = gunzipSync(gzipped);
  } catch (cause) {
    throw new RefusedInputError('The model archive is no gzip file.', { cause });
  }
  const files = new Map<string, Buffer>();
  let place = 0;
  while (place + blockBytes <= archive.length) {
    const header = archive.subarray(place, place + blockBytes);
    // Two empty blocks end an archive; what follows is padding.
    if (header.every((byte) => byte === 0)) return files;
    refuseDamaged(header);
    const bytes = octal(header, 124, 12);
    const content = archive.subarray(place + blockBytes, place + blockBytes + bytes);
    if (content.length < bytes)
      throw new RefusedInputError('The model archive ends in the middle of a file.');
    if (plainFile.has(text(header, 156, 1) || '\0')) files.set(nameIn(header), content);
    place += blockBytes + Math.ceil(bytes / blockBytes) * blockBytes;
  }
  return files;
}

/** The header's sum over itself, its own field counting as spaces: the format's one guard against damage. */
function refuseDamaged(header: Buffer): void {
  let sum = 8 * 32;
  header.forEach((byte, index) => {
    if (index < 148 || index >= 156) sum += byte;
  });
  if (sum !== octal(header, 148, 8))
    throw new RefusedInputError('The model archive is no tar file, or damaged.');
}

function nameIn(header: Buffer): string {
  // POSIX archives keep the front of a long path apart; GNU's ("ustar  ") have other things in that place.
  const prefix = text(header, 257, 8) === 'ustar' ? text(header, 345, 155) : '';
  return `${prefix}/${text(header, 0, 100)}`.replace(/^(\.?\/)+/, '');
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString();
}

function octal(header: Buffer, start: number, length: number): number {
  return Number.parseInt(text(header, start, length).trim() || '0', 8);
}
