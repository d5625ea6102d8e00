import { dataOf, exceedsLimit } from './data.ts';
import { StateError } from './errors.ts';

/** Longest JSON text of one variable and of one `Assign` together, in bytes (quota: 256 KiB). */
const VARIABLE_LIMIT_BYTES = 262_144;
/** All variables that an execution keeps at a time (quota: 10 MiB). */
const EXECUTION_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * The variables of a workflow, a Parallel branch or a Map iteration. Outer ones
 * are readable from inside; an inner scope ends with its branch. That an inner
 * `Assign` reuses no outer name is checked when the machine is created.
 */
export class Scope {
  readonly #own = new Map<string, { value: unknown; bytes: number }>();
  readonly #outer: Scope | undefined;
  #ownBytes = 0;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  get(name: string): unknown {
    return this.#own.has(name) ? this.#own.get(name)!.value : this.#outer?.get(name);
  }

  /** Every readable variable as a plain object, for the full JSONata engine. */
  all(): Record<string, unknown> {
    const all = this.#outer?.all() ?? {};
    for (const [name, { value }] of this.#own) all[name] = value;
    return all;
  }

  /**
   * Keeps new values all at once, so that one `Assign` never sees its own.
   *
   * @returns each variable's JSON text, as exit events show it
   * @throws StateError `States.Runtime` above the size limits
   */
  assign(values: Readonly<Record<string, unknown>>): Record<string, string> {
    const texts: Record<string, string> = {};
    const bytes: Record<string, number> = {};
    let total = 0;
    for (const name of Object.keys(values)) {
      const { text } = dataOf(values[name]);
      texts[name] = text;
      bytes[name] = Buffer.byteLength(text);
      total += bytes[name];
      if (exceedsLimit(text, VARIABLE_LIMIT_BYTES))
        throw tooLarge(`The value assigned to the variable '${name}'`);
    }
    if (total > VARIABLE_LIMIT_BYTES) throw tooLarge('The values assigned by one state');
    if (this.#storedBytes() + total > EXECUTION_LIMIT_BYTES)
      throw tooLarge('The stored variables of the execution');
    for (const name of Object.keys(values)) {
      this.#ownBytes += bytes[name]! - (this.#own.get(name)?.bytes ?? 0);
      this.#own.set(name, { value: values[name], bytes: bytes[name]! });
    }
    return texts;
  }

  #storedBytes(): number {
    return this.#ownBytes + (this.#outer === undefined ? 0 : this.#outer.#storedBytes());
  }
}

// AWS's words for this are not known; the limit is (quotas).
const tooLarge = (what: string): StateError =>
  new StateError('States.Runtime', `${what} exceed the maximum number of bytes service limit for variables.`);
