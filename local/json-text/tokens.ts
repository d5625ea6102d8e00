import { ANY_VALUE, JsonTextError, type Opening, unexpected } from './fault.ts';

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

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/sy;
const WORD = /true|false|null/y;
/** What Jackson takes for a misspelt word. */
const IDENTIFIER = /[\p{L}\p{N}_$]+/uy;

/**
 * Cuts JSON text into tokens and remembers where each stands, because AWS's
 * messages about a pattern end with line and column. The columns are those of
 * Jackson, which EventBridge uses: behind a number or word, behind the opening
 * quote of a string (it reads strings late), and for a name behind the start of
 * its value (it looks one token ahead).
 *
 * Text that is no JSON gives the tokens before the fault and the fault: a reader
 * complains about whichever it meets first.
 */
export const jsonTokens = (source: string): { tokens: readonly Token[]; fault?: JsonTextError } => {
  const tokens: Token[] = [];
  let offset = 0;

  const take = (expression: RegExp): string | undefined => {
    expression.lastIndex = offset;
    const found = expression.exec(source)?.[0];
    if (found !== undefined) offset += found.length;
    return found;
  };

  const fail = (wanted: string, opening?: Opening): never => {
    throw unexpected(source, offset, wanted, opening);
  };

  const takeString = (): string => {
    const start = offset;
    const text = take(STRING);
    if (text === undefined) {
      const message = 'Unexpected end-of-input: was expecting closing quote for a string value';
      throw new JsonTextError(message, source.length);
    }
    try {
      return JSON.parse(text) as string;
    } catch {
      throw new JsonTextError('Illegal character or escape in a string', start);
    }
  };

  const expect = (character: string, wanted: string, opening: Opening): void => {
    take(SPACE);
    if (source[offset] !== character) fail(wanted, opening);
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
      plain();
    }
  };

  const plain = (): void => {
    const word = take(WORD);
    const number = word === undefined ? take(NUMBER) : undefined;
    if (word !== undefined) push(word as 'true' | 'false' | 'null', word);
    else if (number) push('number', number);
    else {
      const unknown = take(IDENTIFIER);
      if (unknown === undefined) fail(`expected a valid value ${ANY_VALUE}`);
      throw new JsonTextError(`Unrecognized token '${unknown}': was expecting ${ANY_VALUE}`, offset);
    }
  };

  const object = (): void => {
    const opening: Opening = { kind: 'Object', offset };
    offset += 1;
    push('{', '{');
    take(SPACE);
    for (let first = true; source[offset] !== '}'; first = false, take(SPACE)) {
      if (!first) expect(',', 'was expecting comma to separate Object entries', opening);
      take(SPACE);
      if (source[offset] !== '"') fail('was expecting double-quote to start field name', opening);
      const name = takeString();
      expect(':', 'was expecting a colon to separate field name and value', opening);
      named(name);
    }
    offset += 1;
    push('}', '}');
  };

  /** A name is told together with the start of its value; where that is no start, there is no name either. */
  const named = (name: string): void => {
    const index = tokens.length;
    push('name', name);
    try {
      value();
    } finally {
      const start = tokens[index + 1];
      if (start === undefined) tokens.pop();
      else tokens[index] = { kind: 'name', text: name, seenTo: start.seenTo, readTo: start.seenTo };
    }
  };

  const array = (): void => {
    const opening: Opening = { kind: 'Array', offset };
    offset += 1;
    push('[', '[');
    take(SPACE);
    for (let first = true; source[offset] !== ']'; first = false, take(SPACE)) {
      if (!first) expect(',', 'was expecting comma to separate Array entries', opening);
      else if (offset >= source.length) fail('', opening);
      value();
    }
    offset += 1;
    push(']', ']');
  };

  try {
    value();
    push('end', '');
    return { tokens };
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return { tokens, fault: error };
  }
};
