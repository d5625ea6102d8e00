import type { AttributeValue, Item } from '../attribute-value.ts';
import type { Names } from './names.ts';
import type { Tokens } from './tokens.ts';

/** A path as it is written: names may stand for others. */
export type WrittenPath = readonly (string | number)[];

/** A path in an item: names and list indexes. */
export type Path = readonly (string | number)[];

export const readPath = (tokens: Tokens): WrittenPath => {
  const path: (string | number)[] = [readName(tokens)];
  for (;;) {
    if (tokens.takeIf('.')) {
      path.push(readName(tokens));
    } else if (tokens.takeIf('[')) {
      if (tokens.next.kind !== 'index') throw tokens.unexpected();
      path.push(Number(tokens.take().text));
      tokens.require(']');
    } else {
      return path;
    }
  }
};

const readName = (tokens: Tokens): string => {
  const { kind } = tokens.next;
  if (kind !== 'name' && kind !== '#name') throw tokens.unexpected();
  return tokens.take().text;
};

export const resolvedPath = (path: WrittenPath, names: Names): Path =>
  path.map((piece) => (typeof piece === 'string' ? names.attribute(piece) : piece));

export const valueAt = (item: Item, path: Path): AttributeValue | undefined => {
  let value: AttributeValue | undefined = { M: item };
  for (const piece of path) {
    if (value === undefined) return undefined;
    const held: Record<string | number, AttributeValue> =
      (value as never)[typeof piece === 'number' ? 'L' : 'M'] ?? {};
    value = Object.hasOwn(held, piece) ? held[piece] : undefined;
  }
  return value;
};

/** Such as `[a, [0], b]`. */
export const pathText = (path: Path): string =>
  `[${path.map((piece) => (typeof piece === 'number' ? `[${piece}]` : piece)).join(', ')}]`;

export const isSamePath = (one: Path, other: Path): boolean =>
  one.length === other.length && one.every((piece, at) => piece === other[at]);

/** What is wrong with two paths that are both changed or both read, if anything. */
export const clash = (one: Path, other: Path): { overlaps: boolean; text: string } | undefined => {
  const told = (what: string): string =>
    `Two document paths ${what} with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(other)}`;
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    if (typeof one[at] !== typeof other[at]) return { overlaps: false, text: told('conflict') };
    if (one[at] !== other[at]) return undefined;
  }
  return { overlaps: true, text: told('overlap') };
};
