// How a compiled model answers. Each evaluator gives, to the bit, what the trained trees give: a value that
// is not strictly smaller than the threshold goes right (a missing one, NaN, is never smaller), and the sum
// runs in float32 in the order of the trees.

import { type FlatTrees, leaf } from './flat-trees.ts';
import { canMask, maskEvaluator } from './mask-evaluator.ts';

/** The margin of the row that begins at `offset`; `base` is the margin before any tree. */
export type Evaluator = (values: Float32Array, offset: number, base: number) => number;

/** The faster way where it is open. */
export function evaluatorOf(flat: FlatTrees): Evaluator {
  return canMask(flat) ? maskEvaluator(flat) : walkEvaluator(flat);
}

/** From the root to a leaf of each tree, along four rows of numbers: for trees of any size. */
export function walkEvaluator({ thresholds, features, places, leaves, trees }: FlatTrees): Evaluator {
  const nodes = features.length;
  // Threshold of a split, value of a leaf.
  const values = new Float32Array(nodes);
  const rightChildren = new Int32Array(nodes);
  const roots = new Int32Array(trees);
  let split = 0;
  let leafAt = 0;
  let tree = 0;
  /** Splits whose right child is still to come. */
  const open: number[] = [];
  features.forEach((feature, node) => {
    if (node === 0 || (features[node - 1] === leaf && open.length === 0)) roots[tree++] = node;
    else if (features[node - 1] === leaf) rightChildren[open.pop() as number] = node;
    if (feature === leaf) {
      values[node] = leaves[leafAt++] as number;
    } else {
      values[node] = thresholds[feature]?.[places[split++] as number] as number;
      open.push(node);
    }
  });
  return (row, offset, base) => {
    let margin = base;
    for (let index = 0; index < trees; index++) {
      let node = roots[index] as number;
      let feature = features[node] as number;
      while (feature !== leaf) {
        const goesLeft = (row[offset + feature] as number) < (values[node] as number);
        node = goesLeft ? node + 1 : (rightChildren[node] as number);
        feature = features[node] as number;
      }
      margin = Math.fround(margin + (values[node] as number));
    }
    return margin;
  };
}
