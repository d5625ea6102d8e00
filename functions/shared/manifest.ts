import { createHash, type Hash } from 'node:crypto';
import type { ListedObject } from './generated/contracts.ts';

/** A text in pieces, as it is written or as it comes out of S3. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const PIECE = 1 << 16;

/**
 * The order in which S3 lists keys and a manifest holds them: by their UTF-8
 * bytes. UTF-16 has the same order, but for characters that take two units.
 */
export function compareKeys(one: string, other: string): number {
  if (one === other) return 0;
  if (TWO_UNITS.test(one) || TWO_UNITS.test(other))
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : 1;
}

const TWO_UNITS = /[\ud800-\udfff]/;

/** What a data version is: SHA-256 over keys and ETags. Objects are added in ascending order of key. */
export class DataVersion {
  readonly #hash: Hash = createHash('sha256');
  objects = 0;
  bytes = 0;

  add({ key, etag, size }: Pick<ListedObject, 'key' | 'etag' | 'size'>): void {
    this.#hash.update(`${key}\0${etag}\n`);
    this.objects += 1;
    this.bytes += size;
  }

  /** Hex; asked once, at the end. */
  hash(): string {
    return this.#hash.digest('hex');
  }
}

/** A list as schemas/manifest.schema.json says, and the same as SageMaker's ManifestFile. Memory holds both texts and no more. */
export class ManifestText {
  readonly #own = new Pieces();
  readonly #sagemaker = new Pieces();
  readonly #prefix: string;

  /** @param prefix the part of every key that a container does not see, ending in a slash */
  constructor(bucket: string, prefix: string) {
    this.#prefix = prefix;
    this.#own.add(beginning(bucket));
    this.#sagemaker.add(`[{"prefix":${JSON.stringify(`s3://${bucket}/${prefix}`)}}`);
  }

  /** In ascending order of key. */
  add({ key, versionId, etag, size, sequencer }: ListedObject): void {
    const object = { key, versionId, etag, size, sequencer };
    this.#own.add(`${this.#own.isBegun ? ',' : ''}\n${JSON.stringify(object)}`);
    this.#own.isBegun = true;
    this.#sagemaker.add(`,\n${JSON.stringify(key.slice(this.#prefix.length))}`);
  }

  finish(): { readonly own: Uint8Array; readonly sagemaker: Uint8Array } {
    this.#own.add('\n]}\n');
    this.#sagemaker.add(']\n');
    return { own: this.#own.whole(), sagemaker: this.#sagemaker.whole() };
  }
}

const beginning = (bucket: string): string => `{"bucket":${JSON.stringify(bucket)},"objects":[`;

/** Bytes take a quarter of what as many short strings would. */
class Pieces {
  readonly #full: Uint8Array[] = [];
  #last = '';
  isBegun = false;

  add(text: string): void {
    this.#last += text;
    if (this.#last.length >= PIECE) this.#close();
  }

  whole(): Uint8Array {
    this.#close();
    return Buffer.concat(this.#full);
  }

  #close(): void {
    this.#full.push(Buffer.from(this.#last));
    this.#last = '';
  }
}

/**
 * The objects of a list, one after the other.
 *
 * @param bucket the one whose objects it must list
 * @throws SyntaxError when it is not written as ManifestText writes it, one object on each line
 */
export async function* readManifest(text: Chunks, bucket: string): AsyncGenerator<ListedObject> {
  let isOpen = false;
  let before = '';
  for await (const line of linesOf(text)) {
    if (!isOpen) {
      if (line !== beginning(bucket)) throw new SyntaxError(`it begins with ${line.slice(0, 80)}`);
      isOpen = true;
    } else if (line === ']}') {
      return;
    } else {
      const object = JSON.parse(line.replace(/,$/, '')) as ListedObject;
      if (typeof object?.key !== 'string' || typeof object.etag !== 'string')
        throw new SyntaxError(`a line has no key or no ETag: ${line.slice(0, 80)}`);
      if (compareKeys(before, object.key) >= 0)
        throw new SyntaxError(`its keys do not ascend at ${object.key.slice(0, 80)}`);
      before = object.key;
      yield object;
    }
  }
  throw new SyntaxError('it has no end');
}

async function* linesOf(text: Chunks): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}
