import type { AttributeValue, Item } from '../attribute-value.ts';
import { type Names, refuseReserved } from './names.ts';
import { clash, type Path, readPath, resolvedPath, valueAt, type WrittenPath } from './paths.ts';
import { Complaint, Tokens } from './tokens.ts';

/** @throws AwsError ValidationException */
export const projectionOf = (text: string, names: Names): readonly Path[] =>
  names.read('ProjectionExpression', text, readProjection, (written) => {
    refuseReserved(written);
    const paths = written.map((path) => resolvedPath(path, names));
    requireApart(paths);
    return paths;
  });

const readProjection = (text: string): WrittenPath[] => {
  const tokens = new Tokens(text);
  const paths = [readPath(tokens)];
  while (tokens.takeIf(',')) paths.push(readPath(tokens));
  if (tokens.next.kind !== 'end') throw tokens.unexpected();
  return paths;
};

/** @throws Complaint if one path lies on another's way; overlaps are told first */
export const requireApart = (paths: readonly Path[]): void => {
  const clashes = paths.flatMap((path, at) =>
    paths.slice(0, at).flatMap((earlier) => clash(earlier, path) ?? []),
  );
  const told = clashes.find(({ overlaps }) => overlaps) ?? clashes[0];
  if (told !== undefined) throw new Complaint(told.text);
};

/** What an item holds at these paths, in its own shape; of lists the chosen members move together. */
export const projected = (item: Item, paths: readonly Path[]): Item => {
  const chosen: Branch = new Map();
  for (const path of paths) {
    if (valueAt(item, path) !== undefined) grow(chosen, path);
  }
  return chosen.size === 0 ? {} : (pruned({ M: item }, chosen) as { M: Item }).M;
};

type Branch = Map<string | number, Branch>;

const grow = (branch: Branch, path: Path): void => {
  for (const piece of path) {
    const next: Branch = branch.get(piece) ?? new Map();
    branch.set(piece, next);
    branch = next;
  }
};

const pruned = (value: AttributeValue, branch: Branch): AttributeValue => {
  if (branch.size === 0) return value;
  if ('L' in value) {
    const indexes = [...branch].sort(([one], [other]) => Number(one) - Number(other));
    return { L: indexes.map(([at, below]) => pruned(value.L[Number(at)]!, below)) };
  }
  const { M: map } = value as { M: Item };
  return { M: Object.fromEntries([...branch].map(([name, below]) => [name, pruned(map[name]!, below)])) };
};
