import { addressBlock } from './addresses.ts';
import { anythingBut } from './anything-but.ts';
import { numericCondition } from './numeric.ts';
import type { PatternReader } from './pattern-reader.ts';
import { readWildcard } from './wildcard.ts';

/** What a leaf of an event can be. */
export type Leaf = string | number | boolean | null;

/** One element of a pattern's array. `absent` asks that the field is not there at all. */
export type Condition = 'absent' | ((value: Leaf) => boolean);

const ONE_KEY = 'Only one key allowed in match expression';

const onText =
  (test: (text: string) => boolean): Condition =>
  (value) =>
    typeof value === 'string' && test(value);

/** Reads an object such as `{"prefix": "incoming/"}`; the reader stands at its `{`. */
export const matchExpression = (reader: PatternReader): Condition => {
  if (reader.next() !== 'name') reader.refuse('Match expression name not found');
  switch (reader.text) {
    case 'exactly': {
      const expected = ownText(reader, 'exact match pattern must be a string');
      return onText((text) => text === expected);
    }
    case 'prefix':
      return startOrEnd(reader, 'prefix', (text, part) => text.startsWith(part));
    case 'suffix':
      return startOrEnd(reader, 'suffix', (text, part) => text.endsWith(part));
    case 'equals-ignore-case': {
      const expected = ownText(reader, 'equals-ignore-case match pattern must be a string').toLowerCase();
      return onText((text) => text.toLowerCase() === expected);
    }
    case 'wildcard': {
      const test = readWildcard(reader, ownValue(reader, 'wildcard match pattern must be a string'));
      close(reader, ONE_KEY);
      return onText(test);
    }
    case 'cidr': {
      // EventBridge does say "prefix" here.
      const block = addressBlock(ownValue(reader, 'prefix match pattern must be a string'));
      close(reader, ONE_KEY);
      return block;
    }
    case 'exists': {
      const wanted = reader.next();
      if (wanted !== 'true' && wanted !== 'false') {
        reader.refuse('exists match pattern must be either true or false.');
      }
      close(reader, ONE_KEY);
      return wanted === 'true' ? () => true : 'absent';
    }
    case 'numeric':
      return numericCondition(reader);
    case 'anything-but':
      return anythingBut(reader);
    default:
      return reader.refuse(`Unrecognized match type ${reader.text}`);
  }
};

const close = (reader: PatternReader, reason: string): void => {
  if (reader.next() !== '}') reader.refuse(reason);
};

const ownValue = (reader: PatternReader, reason: string): string => {
  if (reader.next() !== 'string') reader.refuse(reason);
  return reader.text;
};

const ownText = (reader: PatternReader, reason: string): string => {
  const text = ownValue(reader, reason);
  close(reader, ONE_KEY);
  return text;
};

const startOrEnd = (
  reader: PatternReader,
  name: 'prefix' | 'suffix',
  test: (text: string, part: string) => boolean,
): Condition => {
  if (reader.next() === '{') {
    if (reader.next() !== 'name')
      reader.refuse(`${name === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
    if (reader.text !== 'equals-ignore-case') reader.refuse(`Unsupported ${name} pattern: ${reader.text}`);
    const part = ownText(reader, 'equals-ignore-case match pattern must be a string').toLowerCase();
    close(reader, ONE_KEY);
    return onText((text) => test(text.toLowerCase(), part));
  }
  if (reader.kind !== 'string') reader.refuse(`${name} match pattern must be a string`);
  const part = reader.text;
  close(reader, ONE_KEY);
  return onText((text) => test(text, part));
};
