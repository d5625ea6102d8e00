import { hash } from 'node:crypto';

/**
 * All chance in the local world. The same seed gives the same numbers, names
 * and ids; each part asks its own named stream, so that one more question asked
 * in one place does not change the answers in another.
 *
 * Numbers are sfc32 (public domain, Chris Doty-Humphrey), seeded by SHA-256.
 */
export class Random {
  readonly #seed: string;
  #a = 0;
  #b = 0;
  #c = 0;
  /** 0 until the first number is asked for: many streams are never asked. */
  #counter = 0;

  constructor(seed: number | string) {
    this.#seed = String(seed);
  }

  /** A stream of its own for `name`; asking it leaves this one where it is. */
  stream(name: string): Random {
    return new Random(`${this.#seed}/${name}`);
  }

  /** Uniform in [0, 1). */
  number(): number {
    return this.#next() / 2 ** 32;
  }

  /** Uniform integer in [0, below). */
  integer(below: number): number {
    return Math.floor(this.number() * below);
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length) {
      const word = this.#next();
      text += HEX[word >>> 24]! + HEX[(word >>> 16) & 255]! + HEX[(word >>> 8) & 255]! + HEX[word & 255]!;
    }
    return text.length === length ? text : text.slice(0, length);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const hex = this.hex(32);
    const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  #begin(): void {
    const bytes = hash('sha256', this.#seed, 'buffer');
    this.#a = bytes.readInt32LE(0);
    this.#b = bytes.readInt32LE(4);
    this.#c = bytes.readInt32LE(8);
    this.#counter = 1;
    for (let warmUp = 0; warmUp < 12; warmUp += 1) this.#step();
  }

  #next(): number {
    if (this.#counter === 0) this.#begin();
    return this.#step();
  }

  #step(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return sum >>> 0;
  }
}

/** Every byte in hex. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
