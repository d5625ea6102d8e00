export type TokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | 'name'
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The name, the string's characters or the number as it was written. */
  readonly text: string;
  /** Offset of the first character that AWS's parser has not looked at when it meets this token. */
  readonly seenTo: number;
  /** The same once its text was asked for. */
  readonly readTo: number;
}

/** Text that is no JSON at all. */
export class JsonTextError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/sy;
const WORD = /true|false|null/y;

/**
 * Cuts JSON text into tokens and remembers where each stands, because AWS's
 * messages about a pattern end with line and column. The columns are those of
 * Jackson, which EventBridge uses: behind a number or word, behind the opening
 * quote of a string (it reads strings late), and for a name behind the start of
 * its value (it looks one token ahead).
 */
export const jsonTokens = (source: string): Token[] => {
  const tokens: Token[] = [];
  let offset = 0;

  const take = (expression: RegExp): string | undefined => {
    expression.lastIndex = offset;
    const found = expression.exec(source)?.[0];
    if (found !== undefined) offset += found.length;
    return found;
  };

  const fail = (): never => {
    const what = offset >= source.length ? 'end-of-input' : `character ('${source[offset]}')`;
    throw new JsonTextError(`Unexpected ${what}`, offset);
  };

  const takeString = (): string => {
    const start = offset;
    try {
      return JSON.parse(take(STRING) ?? fail()) as string;
    } catch {
      offset = start;
      return fail();
    }
  };

  const expect = (character: string): void => {
    take(SPACE);
    if (source[offset] !== character) fail();
    offset += 1;
  };

  const push = (kind: TokenKind, text: string, seenTo = offset): void => {
    tokens.push({ kind, text, seenTo, readTo: offset });
  };

  const value = (): void => {
    take(SPACE);
    const start = offset;
    const character = source[start];
    if (character === '{') {
      object();
    } else if (character === '[') {
      array();
    } else if (character === '"') {
      push('string', takeString(), start + 1);
    } else {
      const word = take(WORD);
      if (word === undefined) push('number', take(NUMBER) || fail());
      else push(word as 'true' | 'false' | 'null', word);
    }
  };

  const object = (): void => {
    offset += 1;
    push('{', '{');
    take(SPACE);
    for (let first = true; source[offset] !== '}'; first = false, take(SPACE)) {
      if (!first) expect(',');
      take(SPACE);
      const name = takeString();
      expect(':');
      const index = tokens.length;
      value();
      const { seenTo } = tokens[index]!;
      tokens.splice(index, 0, { kind: 'name', text: name, seenTo, readTo: seenTo });
    }
    offset += 1;
    push('}', '}');
  };

  const array = (): void => {
    offset += 1;
    push('[', '[');
    take(SPACE);
    for (let first = true; source[offset] !== ']'; first = false, take(SPACE)) {
      if (!first) expect(',');
      value();
    }
    offset += 1;
    push(']', ']');
  };

  value();
  push('end', '');
  return tokens;
};
