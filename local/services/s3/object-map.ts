import { compareKeys, type StoredObject } from './stored-object.ts';

type Versions = readonly StoredObject[];

/** The versions of one key, oldest first, its delete markers among them. */
export interface Entry {
  readonly key: string;
  versions: Versions;
}

/** So many new keys are put in their places one by one; above that all are sorted at once. */
const FEW = 32;

/** The versions under each key, which can also be asked for in S3's order of keys. */
export class ObjectMap {
  readonly #entries = new Map<string, Entry>();
  readonly #sorted: Entry[] = [];
  /** Those that have no place in `#sorted` yet: nobody has listed since they came. */
  readonly #unsorted = new Set<Entry>();

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Versions | undefined {
    return this.#entries.get(key)?.versions;
  }

  set(key: string, versions: Versions): void {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.versions = versions;
      return;
    }
    const entry = { key, versions };
    this.#entries.set(key, entry);
    this.#unsorted.add(entry);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    if (!this.#unsorted.delete(entry)) this.#sorted.splice(this.#placeOf(key), 1);
  }

  /** In S3's order, in which keys with one beginning stand beside each other. */
  under(prefix: string): readonly Entry[] {
    this.#sort();
    const from = this.#placeOf(prefix);
    let to = from;
    while (to < this.#sorted.length && this.#sorted[to]!.key.startsWith(prefix)) to += 1;
    return this.#sorted.slice(from, to);
  }

  #sort(): void {
    if (this.#unsorted.size > FEW) {
      for (const entry of this.#unsorted) this.#sorted.push(entry);
      this.#sorted.sort((one, other) => compareKeys(one.key, other.key));
    } else {
      for (const entry of this.#unsorted) this.#sorted.splice(this.#placeOf(entry.key), 0, entry);
    }
    this.#unsorted.clear();
  }

  /** Where the first key stands, or would stand, that does not come before `key`. */
  #placeOf(key: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.#sorted[middle]!.key, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
