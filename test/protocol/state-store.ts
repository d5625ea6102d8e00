// Once, for a lookup of a global is slow in the contexts that Jest runs tests in.
const { imul } = Math;

/** Keeps states of a few bytes each, exactly and close together: millions of them, found again by what they are. */
export class StateStore {
  size = 0;
  readonly #width: number;
  #states: Uint32Array;
  /** Where a state is, plus one; zero is a free place. Twice as many places as states, at least. */
  #places: Int32Array;
  readonly #words: Uint32Array;
  readonly #bytes: Uint8Array;

  constructor(bytesPerState: number) {
    this.#width = Math.ceil(bytesPerState / 4);
    this.#words = new Uint32Array(this.#width);
    this.#bytes = new Uint8Array(this.#words.buffer);
    this.#states = new Uint32Array(this.#width << 12);
    this.#places = new Int32Array(1 << 13);
  }

  /** The state's number; it is the size before the call exactly when the state is new. */
  add(state: Uint8Array): number {
    this.#bytes.set(state);
    let place = this.#firstPlace(this.#words, 0);
    for (let known = this.#places[place]!; known !== 0; known = this.#places[place]!) {
      if (this.#is(known - 1)) return known - 1;
      place = (place + 1) & (this.#places.length - 1);
    }
    if ((this.size + 1) * this.#width > this.#states.length) this.#grow();
    if (this.size * 2 > this.#places.length) return this.#addAfterSpreading(state);
    this.#places[place] = this.size + 1;
    this.#states.set(this.#words, this.size * this.#width);
    return this.size++;
  }

  read(number: number, into: Uint8Array): void {
    const start = number * this.#width;
    for (let word = 0; word < this.#width; word++) this.#words[word] = this.#states[start + word]!;
    for (let byte = 0; byte < into.length; byte++) into[byte] = this.#bytes[byte]!;
  }

  #is(number: number): boolean {
    const start = number * this.#width;
    for (let word = 0; word < this.#width; word++) {
      if (this.#states[start + word] !== this.#words[word]) return false;
    }
    return true;
  }

  #firstPlace(words: Uint32Array, start: number): number {
    let hash = 0x811c9dc5;
    for (let word = start; word < start + this.#width; word++) {
      hash = imul(hash ^ words[word]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return (hash ^ (hash >>> 13)) & (this.#places.length - 1);
  }

  #grow(): void {
    const larger = new Uint32Array(this.#states.length * 2);
    larger.set(this.#states);
    this.#states = larger;
  }

  #addAfterSpreading(state: Uint8Array): number {
    this.#places = new Int32Array(this.#places.length * 2);
    for (let number = 0; number < this.size; number++) {
      let place = this.#firstPlace(this.#states, number * this.#width);
      while (this.#places[place] !== 0) place = (place + 1) & (this.#places.length - 1);
      this.#places[place] = number + 1;
    }
    return this.add(state);
  }
}
