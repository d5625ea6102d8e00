import { readPath, type WrittenPath } from './paths.ts';
import { Complaint, Tokens } from './tokens.ts';

export type WrittenSource =
  | { readonly kind: 'path'; readonly path: WrittenPath }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly operands: readonly WrittenSource[] };

export type WrittenAction =
  | { readonly kind: 'SET'; readonly path: WrittenPath; readonly source: WrittenSource }
  | { readonly kind: 'REMOVE'; readonly path: WrittenPath }
  | { readonly kind: 'ADD' | 'DELETE'; readonly path: WrittenPath; readonly name: string };

export interface WrittenUpdate {
  readonly actions: readonly WrittenAction[];
  readonly paths: readonly WrittenPath[];
  /** What is wrong with it beyond the syntax; told after reserved words. */
  readonly complaint?: Complaint;
}

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
const FUNCTIONS = ['if_not_exists', 'list_append'];

/**
 * The text of an UpdateExpression.
 *
 * @throws Complaint
 */
export const readUpdate = (text: string): WrittenUpdate => new UpdateReader(text).read();

class UpdateReader {
  readonly #tokens: Tokens;
  readonly #paths: WrittenPath[] = [];
  #unknownFunction: string | undefined;

  constructor(text: string) {
    this.#tokens = new Tokens(text);
  }

  read(): WrittenUpdate {
    const actions: WrittenAction[] = [];
    const seen = new Set<string>();
    let repeated: string | undefined;
    do {
      const section = SECTIONS.find((name) => this.#tokens.takeIf(name));
      if (section === undefined) throw this.#tokens.unexpected();
      if (seen.has(section)) repeated ??= section;
      seen.add(section);
      do {
        actions.push(this.#action(section));
      } while (this.#tokens.takeIf(','));
    } while (this.#tokens.next.kind !== 'end');

    const complaint =
      this.#unknownFunction !== undefined
        ? new Complaint(`Invalid function name; function: ${this.#unknownFunction}`)
        : repeated !== undefined
          ? new Complaint(`The "${repeated}" section can only be used once in an update expression;`)
          : undefined;
    return { actions, paths: this.#paths, ...(complaint && { complaint }) };
  }

  #action(kind: (typeof SECTIONS)[number]): WrittenAction {
    const path = this.#path();
    if (kind === 'REMOVE') return { kind, path };
    if (kind === 'SET') {
      this.#tokens.require('=');
      return { kind, path, source: this.#sum() };
    }
    if (this.#tokens.next.kind !== ':value') throw this.#tokens.unexpected();
    return { kind, path, name: this.#tokens.take().text };
  }

  /** One operand, or the sum or difference of two. */
  #sum(): WrittenSource {
    const first = this.#source();
    for (const name of ['+', '-']) {
      if (this.#tokens.takeIf(name)) return { kind: 'function', name, operands: [first, this.#source()] };
    }
    return first;
  }

  #source(): WrittenSource {
    const { next, afterNext } = this.#tokens;
    if (this.#tokens.takeIf('(')) {
      const source = this.#sum();
      this.#tokens.require(')');
      return source;
    }
    if (next.kind === ':value') return { kind: 'value', name: this.#tokens.take().text };
    if (next.kind !== 'name' || afterNext?.text !== '(') return { kind: 'path', path: this.#path() };
    const name = this.#tokens.take().text;
    if (!FUNCTIONS.includes(name)) this.#unknownFunction ??= name;
    this.#tokens.require('(');
    const operands = [this.#sum()];
    while (this.#tokens.takeIf(',')) operands.push(this.#sum());
    this.#tokens.require(')');
    return { kind: 'function', name, operands };
  }

  #path(): WrittenPath {
    const path = readPath(this.#tokens);
    this.#paths.push(path);
    return path;
  }
}
