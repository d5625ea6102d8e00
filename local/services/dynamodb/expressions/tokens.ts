export interface Token {
  readonly kind: 'name' | '#name' | ':value' | 'index' | 'symbol' | 'end' | 'bad';
  readonly text: string;
  /** Where it stands in the expression. */
  readonly from: number;
  readonly to: number;
}

const PIECES = [
  ['name', /[A-Za-z][A-Za-z0-9_]*/y],
  ['#name', /#[A-Za-z0-9_]+/y],
  [':value', /:[A-Za-z0-9_]+/y],
  ['index', /\d+/y],
  ['symbol', /<>|<=|>=|[=<>()[\].,+-]/y],
] as const;

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (let from = 0; ; ) {
    while (/\s/.test(text[from] ?? '')) from += 1;
    if (from >= text.length) {
      tokens.push({ kind: 'end', text: '<EOF>', from, to: from });
      return tokens;
    }
    const token = tokenAt(text, from);
    tokens.push(token);
    from = token.to;
  }
};

const tokenAt = (text: string, from: number): Token => {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = from;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return { kind, text: found, from, to: from + found.length };
  }
  return { kind: 'bad', text: text[from]!, from, to: from + 1 };
};

/** What an expression breaks, in DynamoDB's words; who reads it says in which expression. */
export class Complaint extends Error {}

/** Walks over an expression's tokens. */
export class Tokens {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
    const bad = this.#tokens.findIndex(({ kind }) => kind === 'bad');
    if (bad >= 0) throw this.#syntaxError(bad);
  }

  get next(): Token {
    return this.#tokens[this.#at]!;
  }

  get afterNext(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  take(): Token {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is this symbol or word; words in any case. */
  takeIf(text: string): boolean {
    const isThis = this.is(text);
    if (isThis) this.#at += 1;
    return isThis;
  }

  is(text: string): boolean {
    const { kind, text: found } = this.next;
    return kind === 'symbol' ? found === text : kind === 'name' && found.toUpperCase() === text;
  }

  require(text: string): void {
    if (!this.takeIf(text)) throw this.unexpected();
  }

  /** What follows the parenthesis that the one at hand opens. */
  afterParentheses(): Token | undefined {
    const end = this.#closingAt();
    return end === undefined ? undefined : this.#tokens[end + 1];
  }

  /** Whether the parentheses at hand hold more than one operand. */
  holdsCondition(): boolean {
    const end = this.#closingAt() ?? this.#tokens.length;
    return this.#tokens
      .slice(this.#at, end)
      .some(({ kind, text }) =>
        kind === 'symbol' ? /^[=<>]/.test(text) : /^(?:AND|OR|NOT|BETWEEN|IN)$/i.test(text),
      );
  }

  #closingAt(): number | undefined {
    let depth = 0;
    for (let at = this.#at; at < this.#tokens.length; at += 1) {
      if (this.#tokens[at]!.text === '(') depth += 1;
      else if (this.#tokens[at]!.text === ')') depth -= 1;
      if (depth === 0) return at;
    }
    return undefined;
  }

  /** A complaint about the next token. */
  unexpected(): Complaint {
    return this.#syntaxError(this.#at);
  }

  /** The wrong token, between its neighbours. */
  #syntaxError(at: number): Complaint {
    const token = this.#tokens[at]!;
    const before = this.#tokens[at - 1] ?? token;
    const after = this.#tokens[at + 1] ?? token;
    const near = this.#text.slice(before.from, after.to);
    return new Complaint(`Syntax error; token: "${token.text}", near: "${near}"`);
  }
}
