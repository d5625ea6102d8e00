// A decision tree as parallel arrays, which is how XGBoost keeps it, and what it answers for one row.
// Node 0 is the root; a leaf has no children (-1) and keeps its value where a split keeps its threshold.

export interface Tree {
  readonly leftChildren: number[];
  readonly rightChildren: number[];
  readonly parents: number[];
  readonly splitFeatures: number[];
  /** Threshold of a split, value of a leaf; always a float32. */
  readonly splitConditions: number[];
  readonly gains: number[];
  readonly covers: number[];
  readonly weights: number[];
}

/** XGBoost's rule: strictly smaller goes left, both sides being float32. */
export function leafValue(tree: Tree, features: Float32Array, offset: number): number {
  let node = 0;
  let left = tree.leftChildren[0] as number;
  while (left !== -1) {
    const goesLeft =
      (features[offset + (tree.splitFeatures[node] as number)] as number) <
      (tree.splitConditions[node] as number);
    node = goesLeft ? left : (tree.rightChildren[node] as number);
    left = tree.leftChildren[node] as number;
  }
  return tree.splitConditions[node] as number;
}

/** Log odds as XGBoost computes them from a base score: in float32, step by step. */
export function marginOf(probability: number): number {
  const round = Math.fround;
  return round(-round(Math.log(round(round(1 / round(probability)) - 1))));
}

/** The sum runs in float32 in the order of the trees, because XGBoost's does. */
export function predictMargin(
  base: number,
  trees: readonly Tree[],
  features: Float32Array,
  offset: number,
): number {
  let margin = base;
  for (const tree of trees) margin = Math.fround(margin + leafValue(tree, features, offset));
  return margin;
}

export function probabilityOf(margin: number): number {
  const round = Math.fround;
  return round(1 / round(1 + round(Math.exp(-margin))));
}
