// All trees at once, without walking any. A tree of at most 32 leaves has a bit for each of them, the
// leftmost first. A feature's value rules out, in each tree, the leaves left of every split that it fails;
// since it fails exactly the thresholds up to its own place in their order, one mask per tree says so, and
// the masks for all trees at all places are computed once, when the model is loaded. A row then costs one
// search per feature, one AND per feature and tree, and no branch that a processor could guess wrong: the
// lowest bit that is left is the leaf. (The idea is that of QuickScorer, by Lucchese and others, SIGIR
// 2015; that the masks of a value are ANDed before it is seen is ours.)

import type { Evaluator } from './evaluators.ts';
import { type FlatTrees, leaf } from './flat-trees.ts';

const mostLeaves = 32;
/** Of the table of masks: beyond this the processor's caches are of no help any more. */
const mostTableBytes = 64 * 2 ** 20;
/** Features that one pass over the trees takes in: more cost a pass less, but the engine wants them written out. */
const width = 6;

export function canMask(flat: FlatTrees): boolean {
  return (
    4 * flat.trees * tableRows(flat) <= mostTableBytes &&
    leafCountsOf(flat).every((count) => count <= mostLeaves)
  );
}

export function maskEvaluator(flat: FlatTrees): Evaluator {
  const { thresholds, trees } = flat;
  const { table, firstRows } = tableOf(flat);
  const leaves = leavesOf(flat);
  const masks = new Int32Array(trees);
  const passes = Math.ceil(thresholds.length / width);
  // Where each feature's masks for this row begin. The table's last row, which rules nothing out, stands
  // in for the features that fill up the last pass.
  const at = new Int32Array(passes * width).fill(table.length - trees);
  return (row, offset, base) => {
    thresholds.forEach((values, feature) => {
      const failed = failedBy(row[offset + feature] as number, values);
      at[feature] = ((firstRows[feature] as number) + failed) * trees;
    });
    masks.fill(-1);
    for (let pass = 0; pass < passes - 1; pass++) narrow(masks, table, at, pass * width);
    return sum(masks, table, at, (passes - 1) * width, leaves, base);
  };
}

/** How many of the ascending thresholds the value is not smaller than. */
function failedBy(value: number, thresholds: Float32Array): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value < (thresholds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What is left of the masks after six more features. */
function narrow(masks: Int32Array, table: Int32Array, at: Int32Array, first: number): void {
  const a = at[first] as number;
  const b = at[first + 1] as number;
  const c = at[first + 2] as number;
  const d = at[first + 3] as number;
  const e = at[first + 4] as number;
  const f = at[first + 5] as number;
  for (let tree = 0; tree < masks.length; tree++) {
    const abc = (table[a + tree] as number) & (table[b + tree] as number) & (table[c + tree] as number);
    const def = (table[d + tree] as number) & (table[e + tree] as number) & (table[f + tree] as number);
    masks[tree] = (masks[tree] as number) & abc & def;
  }
}

/** The last six features and, in the same pass, the leaves that they leave. */
function sum(
  masks: Int32Array,
  table: Int32Array,
  at: Int32Array,
  first: number,
  leaves: Float32Array,
  base: number,
): number {
  const a = at[first] as number;
  const b = at[first + 1] as number;
  const c = at[first + 2] as number;
  const d = at[first + 3] as number;
  const e = at[first + 4] as number;
  const f = at[first + 5] as number;
  let margin = base;
  for (let tree = 0; tree < masks.length; tree++) {
    const abc = (table[a + tree] as number) & (table[b + tree] as number) & (table[c + tree] as number);
    const def = (table[d + tree] as number) & (table[e + tree] as number) & (table[f + tree] as number);
    const mask = (masks[tree] as number) & abc & def;
    // The lowest bit alone, and its place.
    const leafAt = 31 - Math.clz32(mask & -mask);
    margin = Math.fround(margin + (leaves[tree * mostLeaves + leafAt] as number));
  }
  return margin;
}

function tableRows({ thresholds }: FlatTrees): number {
  return thresholds.reduce((rows, values) => rows + values.length + 1, 1);
}

/** For each feature and each number of failed thresholds a row: for each tree the leaves that stay. */
function tableOf(flat: FlatTrees): { table: Int32Array; firstRows: number[] } {
  const { thresholds, trees } = flat;
  const table = new Int32Array(tableRows(flat) * trees).fill(-1);
  let rows = 0;
  const firstRows = thresholds.map((values) => {
    const first = rows;
    rows += values.length + 1;
    return first;
  });
  for (const { tree, feature, place, leftLeaves } of splitsOf(flat)) {
    const row = (firstRows[feature] as number) + place + 1;
    table[row * trees + tree] = (table[row * trees + tree] as number) & ~leftLeaves;
  }
  // Who fails a threshold has failed all smaller ones, too.
  thresholds.forEach((values, feature) => {
    const begin = ((firstRows[feature] as number) + 1) * trees;
    for (let cell = begin; cell < begin + values.length * trees; cell++)
      table[cell] = (table[cell] as number) & (table[cell - trees] as number);
  });
  return { table, firstRows };
}

interface Split {
  readonly tree: number;
  readonly feature: number;
  readonly place: number;
  /** A bit for each leaf under its left child. */
  readonly leftLeaves: number;
}

function splitsOf({ features, places }: FlatTrees): Split[] {
  const splits: Split[] = [];
  let node = 0;
  let split = 0;
  /** Reads the subtree at `node`, whose first leaf is `from`; returns the leaf after its last. */
  const read = (tree: number, from: number): number => {
    const feature = features[node++] as number;
    if (feature === leaf) return from + 1;
    const place = places[split++] as number;
    const middle = read(tree, from);
    const end = read(tree, middle);
    splits.push({ tree, feature, place, leftLeaves: bits(from, middle) });
    return end;
  };
  for (let tree = 0; node < features.length; tree++) read(tree, 0);
  return splits;
}

/** The bits from `from` up to but not including `end`; fewer than 32 of them. */
function bits(from: number, end: number): number {
  return ((1 << (end - from)) - 1) << from;
}

/** The trees' leaves, each tree's from a place of its own. */
function leavesOf(flat: FlatTrees): Float32Array {
  const leaves = new Float32Array(flat.trees * mostLeaves);
  let at = 0;
  leafCountsOf(flat).forEach((count, tree) => {
    leaves.set(flat.leaves.subarray(at, at + count), tree * mostLeaves);
    at += count;
  });
  return leaves;
}

function leafCountsOf({ features }: FlatTrees): number[] {
  const counts: number[] = [];
  let found = 0;
  let wanted = 1;
  for (const feature of features) {
    wanted += feature === leaf ? -1 : 1;
    if (feature === leaf) found++;
    if (wanted > 0) continue;
    counts.push(found);
    found = 0;
    wanted = 1;
  }
  return counts;
}
