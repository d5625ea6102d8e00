import type { Condition } from './conditions.ts';
import type { PatternReader } from './pattern-reader.ts';
import { readWildcard } from './wildcard.ts';

type TextTest = (text: string) => boolean;

/** How a text inside `anything-but` is compared, and what EventBridge says of anything that is no text. */
interface Comparison {
  readonly notText: string;
  readonly mayBeEmpty: boolean;
  readonly test: (text: string, reader: PatternReader) => TextTest;
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  prefix: {
    notText: 'prefix/suffix match pattern must be a string',
    mayBeEmpty: false,
    test: (part) => (text) => text.startsWith(part),
  },
  suffix: {
    notText: 'prefix/suffix match pattern must be a string',
    mayBeEmpty: false,
    test: (part) => (text) => text.endsWith(part),
  },
  'equals-ignore-case': {
    notText: 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    mayBeEmpty: true,
    test: (expected) => {
      const lower = expected.toLowerCase();
      return (text) => text.toLowerCase() === lower;
    },
  },
  wildcard: {
    notText: 'wildcard match pattern must be a string',
    mayBeEmpty: true,
    test: (expected, reader) => readWildcard(reader, expected),
  },
};

const TOO_MANY = 'Too many elements in numeric expression';

/** Refusals inside a list carry their location twice: EventBridge wraps them once more. */
const IN_LIST = 2;

/** Reads what follows `"anything-but":`. A field that is not there never matches, a null does. */
export const anythingBut = (reader: PatternReader): Condition => {
  if (reader.next() !== '{') {
    const values = plainValues(reader);
    close(reader);
    return (value) => !values.has(value as string | number);
  }

  if (reader.next() !== 'name') reader.refuse('Anything-But expression name not found');
  const comparison =
    COMPARISONS[reader.text] ?? reader.refuse(`Unsupported anything-but pattern: ${reader.text}`);
  reader.next();
  const tests = textsToAvoid(reader, comparison);
  close(reader);
  close(reader);
  return (value) => typeof value !== 'string' || !tests.some((test) => test(value));
};

const close = (reader: PatternReader): void => {
  if (reader.next() !== '}') reader.refuse(TOO_MANY);
};

const refuseOtherShapes = (reader: PatternReader): void => {
  if (!['[', 'string', 'number'].includes(reader.kind)) {
    reader.refuse('Value of anything-but must be an array or single string/number value.');
  }
};

const plainValues = (reader: PatternReader): Set<string | number> => {
  refuseOtherShapes(reader);
  if (reader.kind !== '[') return new Set([plainValue(reader)]);

  const values = new Set<string | number>();
  for (let kind = reader.next(); kind !== ']'; kind = reader.next()) {
    if (kind !== 'string' && kind !== 'number') {
      reader.refuse('Inside anything but list, start|null|boolean is not supported.', IN_LIST);
    }
    values.add(plainValue(reader));
  }
  if (new Set([...values].map((value) => typeof value)).size !== 1) {
    reader.refuse(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return values;
};

const plainValue = (reader: PatternReader): string | number =>
  reader.kind === 'number' ? Number(reader.text) : reader.text;

const textsToAvoid = (reader: PatternReader, comparison: Comparison): TextTest[] => {
  refuseOtherShapes(reader);
  if (reader.kind !== '[') return [comparison.test(textToAvoid(reader, comparison, 1), reader)];

  const texts: string[] = [];
  while (reader.next() !== ']') texts.push(textToAvoid(reader, comparison, IN_LIST));
  return texts.map((text) => comparison.test(text, reader));
};

const textToAvoid = (reader: PatternReader, comparison: Comparison, times: number): string => {
  if (reader.kind !== 'string') reader.refuse(comparison.notText, times);
  const text = reader.text;
  if (text === '' && !comparison.mayBeEmpty) reader.refuse('Null prefix/suffix not allowed', times);
  return text;
};
