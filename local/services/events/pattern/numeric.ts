import type { Condition } from './conditions.ts';
import type { PatternReader } from './pattern-reader.ts';

const onNumber =
  (test: (value: number) => boolean): Condition =>
  (value) =>
    typeof value === 'number' && test(value);

const TOO_MANY = 'Too many elements in numeric expression';

/** Reads `{"numeric": [">", 0, "<=", 5]}`; the reader stands at the name. */
export const numericCondition = (reader: PatternReader): Condition => {
  if (reader.next() !== '[') reader.refuse('Value of numeric must be an array.');
  const condition = comparison(reader);
  if (reader.next() !== '}') reader.refuse(TOO_MANY);
  return condition;
};

const comparison = (reader: PatternReader): Condition => {
  if (reader.next() !== 'string') reader.refuse(`Invalid member in numeric match: ${reader.text}`);
  const operator = reader.text;
  // Jackson has gone on by the time EventBridge looks at the operator.
  reader.next();
  switch (operator) {
    case '=': {
      const expected = numberHere(reader, 'equals');
      end(reader);
      return onNumber((value) => value === expected);
    }
    case '<': {
      const top = numberHere(reader, operator);
      end(reader);
      return onNumber((value) => value < top);
    }
    case '<=': {
      const top = numberHere(reader, operator);
      end(reader);
      return onNumber((value) => value <= top);
    }
    case '>':
    case '>=': {
      const bottom = numberHere(reader, operator);
      const above = operator === '>' ? (value: number) => value > bottom : (value: number) => value >= bottom;
      return reader.next() === ']' ? onNumber(above) : range(reader, bottom, above);
    }
    default:
      return reader.refuse(`Unrecognized numeric range operator: ${operator}`);
  }
};

const range = (reader: PatternReader, bottom: number, above: (value: number) => boolean): Condition => {
  if (reader.kind !== 'string') reader.refuse(`Bad value in numeric range: ${reader.text}`);
  const operator = reader.text;
  if (operator !== '<' && operator !== '<=') reader.refuse(`Bad numeric range operator: ${operator}`);
  reader.next();
  const top = numberHere(reader, operator);
  if (reader.next() !== ']') reader.refuse('Too many terms in numeric range expression');
  if (top <= bottom) reader.refuse('Bottom must be less than top');
  return onNumber((value) => above(value) && (operator === '<' ? value < top : value <= top));
};

const numberHere = (reader: PatternReader, operator: string): number => {
  if (reader.kind !== 'number') reader.refuse(`Value of ${operator} must be numeric`);
  return Number(reader.text);
};

const end = (reader: PatternReader): void => {
  if (reader.next() !== ']') reader.refuse(TOO_MANY);
};
