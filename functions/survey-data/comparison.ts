import { InputChangedError, RequestRefusedError } from '#shared/errors.ts';
import type { ListedObject, SurveyLocation } from '#shared/generated/contracts.ts';
import { readManifest } from '#shared/manifest.ts';
import { Leaper, Walker } from './lookups.ts';
import { placeOf, type Store } from './store.ts';

/** So many are told by name. */
const TOLD = 10;

/** The objects of a list as they lie there now, each held against the list. */
export class Comparison {
  /** Objects under the prefix that the list does not know; counted when the list held all of them. */
  added = 0;
  readonly #location: SurveyLocation;
  readonly #store: Store;
  readonly #changed: string[] = [];
  #changes = 0;

  constructor(location: SurveyLocation, store: Store) {
    this.#location = location;
    this.#store = store;
  }

  /** @throws InputChangedError after the last object, naming those that changed or vanished */
  async *objects(): AsyncGenerator<ListedObject> {
    const { bucket, key: prefix } = placeOf(this.#location.uri);
    const there = new (this.#location.whole ? Walker : Leaper)(this.#store, bucket, prefix);
    let listed = 0;
    for await (const object of this.#listed()) {
      listed += 1;
      const found = await there.find(object.key);
      if (found === undefined) this.#note(`${object.key} is gone`);
      else if (found.etag !== object.etag) this.#note(`${object.key} was overwritten`);
      else yield { ...object, ...found };
    }
    this.added = await there.others();
    if (this.#changes > 0) throw this.#error(listed);
  }

  #note(what: string): void {
    this.#changes += 1;
    if (this.#changed.length < TOLD) this.#changed.push(what);
  }

  #error(listed: number): InputChangedError {
    const more = this.#changes > TOLD ? `, and ${this.#changes - TOLD} more` : '';
    return new InputChangedError(
      `${this.#changes} of ${listed} objects are not what ${this.#location.manifest} says: ${this.#changed.join(', ')}${more}.`,
    );
  }

  async *#listed(): AsyncGenerator<ListedObject> {
    const { uri, manifest } = this.#location;
    const { bucket, key: prefix } = placeOf(uri);
    const refuse = (message: string) =>
      new RequestRefusedError([{ path: '$.trigger.manifest.uri', message: `is ${manifest}; ${message}` }]);
    try {
      for await (const object of readManifest(await this.#store.read(placeOf(manifest!)), bucket)) {
        if (!object.key.startsWith(prefix)) throw refuse(`it lists ${object.key}, which is not under ${uri}`);
        yield object;
      }
    } catch (error) {
      if (error instanceof SyntaxError) throw refuse(`it cannot be read: ${error.message}`);
      throw error;
    }
  }
}
