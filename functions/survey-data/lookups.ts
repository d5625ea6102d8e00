import type { ListedObject } from '#shared/generated/contracts.ts';
import { compareKeys } from '#shared/manifest.ts';
import { objectsUnder } from './objects.ts';
import type { Page, Store } from './store.ts';

/** Finds objects whose keys are asked for in ascending order. */
export interface Lookup {
  find(key: string): Promise<ListedObject | undefined>;
  /** Asked in the end: how many lie there that nobody asked for, as far as it counts them. */
  others(): Promise<number>;
}

/**
 * Leaps over what lies between, and uses a page again that holds the next key:
 * never more pages than keys, and never more than the prefix has.
 */
export class Leaper implements Lookup {
  readonly #store: Store;
  readonly #bucket: string;
  readonly #prefix: string;
  #page: Page = { objects: [], next: { key: '' } };
  #at = 0;

  constructor(store: Store, bucket: string, prefix: string) {
    this.#store = store;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  async find(key: string): Promise<ListedObject | undefined> {
    while (this.#isBeyond(key)) {
      const { next } = this.#page;
      const leap = justBefore(key);
      const after = compareKeys(leap, next!.key) > 0 ? { key: leap } : next;
      this.#page = await this.#store.list(this.#bucket, this.#prefix, after);
      this.#at = 0;
    }
    const { objects } = this.#page;
    while (this.#at < objects.length && compareKeys(objects[this.#at]!.key, key) < 0) this.#at += 1;
    return objects[this.#at]?.key === key ? objects[this.#at] : undefined;
  }

  async others(): Promise<number> {
    return 0;
  }

  /** Whether a further page may hold the key: this one ends before it. */
  #isBeyond(key: string): boolean {
    const { next } = this.#page;
    return next !== undefined && compareKeys(next.key, key) < 0;
  }
}

/** Goes past every object under a prefix, and counts those that nobody asks for. */
export class Walker implements Lookup {
  readonly #all: AsyncGenerator<ListedObject>;
  #current: ListedObject | undefined;
  #isBegun = false;
  #others = 0;

  constructor(store: Store, bucket: string, prefix: string) {
    this.#all = objectsUnder(store, bucket, prefix);
  }

  async find(key: string): Promise<ListedObject | undefined> {
    await this.#pass((current) => compareKeys(current, key) < 0);
    if (this.#current?.key !== key) return undefined;
    const found = this.#current;
    await this.#step();
    return found;
  }

  async others(): Promise<number> {
    await this.#pass(() => true);
    return this.#others;
  }

  async #pass(isOther: (key: string) => boolean): Promise<void> {
    if (!this.#isBegun) await this.#step();
    while (this.#current !== undefined && isOther(this.#current.key)) {
      this.#others += 1;
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    this.#isBegun = true;
    const { value, done } = await this.#all.next();
    this.#current = done ? undefined : value;
  }
}

/**
 * A text that comes before the key with as little as possible between them: S3
 * lists what comes after it. That it may come a little early costs nothing.
 */
export function justBefore(key: string): string {
  const last = key.codePointAt(key.length - 1)!;
  const isPlain = last > 0x21 && last < 0x7f;
  return isPlain
    ? `${key.slice(0, -1)}${String.fromCharCode(last - 1)}~`
    : Array.from(key).slice(0, -1).join('');
}
