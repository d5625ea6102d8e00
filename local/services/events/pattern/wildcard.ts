import { invalidPattern, type PatternReader } from './pattern-reader.ts';

/** Why a wildcard text was refused, with the position as EventBridge counts it. */
class WildcardError extends Error {}

/** Passed by AWS in the user guide's examples: 4. Refused there: 12. Where the line really is, AWS does not say. */
const MOST_PLACES_AT_ONCE = 10;

const TOO_COMPLEX =
  'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character';

/**
 * The test for a wildcard text that stands in a pattern.
 *
 * @throws AwsError InvalidEventPatternException
 */
export const readWildcard = (reader: PatternReader, text: string): ((value: string) => boolean) => {
  try {
    const test = wildcard(text);
    if (isTooComplex(text)) throw invalidPattern(TOO_COMPLEX);
    return test;
  } catch (error) {
    if (error instanceof WildcardError) return reader.refuse(error.message);
    throw error;
  }
};

/** A place in a wildcard text: a star, or one character to be met. */
type Place = { readonly star: true } | { readonly star: false; readonly character: string };

/**
 * A test for texts with `*` in them, where `\*` and `\\` stand for themselves.
 *
 * @throws WildcardError
 */
export const wildcard = (text: string): ((value: string) => boolean) => {
  const parts = literalParts(placesOf(text));
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (parts.length === 1) return (value) => value === first;

  const middle = parts.slice(1, -1);
  return (value) => {
    if (!value.startsWith(first)) return false;
    let from = first.length;
    for (const part of middle) {
      const found = value.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return value.length - last.length >= from && value.endsWith(last);
  };
};

/**
 * Whether EventBridge would call this text too complex: if the worst value keeps
 * its matcher in many places at once. What counts is how often the text that
 * follows a star can begin again before it is over, not the number of stars.
 */
const isTooComplex = (text: string): boolean => {
  const places = placesOf(text);
  const characters = new Set(places.flatMap((place) => (place.star ? [] : [place.character])));
  const stays = (at: number): number[] => (places[at]?.star ? [at, at + 1] : [at]);

  const seen = new Set<string>();
  const waiting: number[][] = [stays(0)];
  while (waiting.length > 0 && seen.size < 2_000) {
    const now = waiting.pop()!;
    for (const character of characters) {
      const then = new Set<number>();
      for (const at of now) {
        const place = places[at];
        if (place === undefined) continue;
        if (place.star) for (const next of stays(at)) then.add(next);
        else if (place.character === character) for (const next of stays(at + 1)) then.add(next);
      }
      if (then.size > MOST_PLACES_AT_ONCE) return true;
      const list = [...then].sort((one, other) => one - other);
      const name = list.join();
      if (list.length > 0 && !seen.has(name)) {
        seen.add(name);
        waiting.push(list);
      }
    }
  }
  return false;
};

const placesOf = (text: string): Place[] => {
  // EventBridge counts in bytes, and the value's opening quote is one of them.
  const position = (index: number): number => Buffer.byteLength(text.slice(0, index)) + 1;
  const places: Place[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    const next = text[index + 1];
    if (character === '*') {
      if (next === '*') throw new WildcardError(`Consecutive wildcard characters at pos ${position(index)}`);
      places.push({ star: true });
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') {
        throw new WildcardError(`Invalid escape character at pos ${position(index)}`);
      }
      places.push({ star: false, character: next });
      index += 1;
    } else {
      places.push({ star: false, character });
    }
  }
  return places;
};

const literalParts = (places: Place[]): string[] => {
  const parts = [''];
  for (const place of places) {
    if (place.star) parts.push('');
    else parts[parts.length - 1] += place.character;
  }
  return parts;
};
