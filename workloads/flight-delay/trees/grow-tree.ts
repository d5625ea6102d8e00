// Grows one tree on gradients, as XGBoost does: level by level, every split the one with the largest
// second-order gain over the histograms of its node's rows.

import type { BinnedMatrix } from './bins.ts';
import {
  findSplit,
  type Gradients,
  type Histogram,
  histogramOf,
  type Split,
  type SplitRules,
  subtract,
  weightOf,
} from './histogram.ts';
import type { Tree } from './tree.ts';

export interface GrowthRules extends SplitRules {
  readonly maxDepth: number;
  readonly learningRate: number;
}

interface OpenNode {
  readonly id: number;
  readonly depth: number;
  readonly rows: Int32Array;
  readonly histogram: Histogram;
}

const noParent = 2147483647;

export function growTree(
  matrix: BinnedMatrix,
  gradients: Gradients,
  rows: Int32Array,
  columns: readonly number[],
  rules: GrowthRules,
): Tree {
  const tree: Tree = {
    leftChildren: [],
    rightChildren: [],
    parents: [],
    splitFeatures: [],
    splitConditions: [],
    gains: [],
    covers: [],
    weights: [],
  };
  const queue = [openNode(tree, noParent, 0, rows, histogramOf(matrix, gradients, rows, columns), rules)];
  for (let node = queue.shift(); node; node = queue.shift()) {
    const split = node.depth < rules.maxDepth ? findSplit(node.histogram, matrix, columns, rules) : undefined;
    if (!split) continue;
    const [left, right] = divide(matrix, node.rows, split);
    // The sibling's histogram is what remains of the parent's: only the smaller side is ever counted.
    const leftIsSmaller = left.length <= right.length;
    const counted = histogramOf(matrix, gradients, leftIsSmaller ? left : right, columns);
    const remaining = subtract(node.histogram, counted);
    const depth = node.depth + 1;
    const leftNode = openNode(tree, node.id, depth, left, leftIsSmaller ? counted : remaining, rules);
    const rightNode = openNode(tree, node.id, depth, right, leftIsSmaller ? remaining : counted, rules);
    tree.leftChildren[node.id] = leftNode.id;
    tree.rightChildren[node.id] = rightNode.id;
    tree.splitFeatures[node.id] = split.column;
    tree.splitConditions[node.id] = split.threshold;
    tree.gains[node.id] = Math.fround(split.gain);
    queue.push(leftNode, rightNode);
  }
  return tree;
}

/** Every node starts as a leaf; a split found later replaces the value by a threshold. */
function openNode(
  tree: Tree,
  parent: number,
  depth: number,
  rows: Int32Array,
  histogram: Histogram,
  rules: GrowthRules,
): OpenNode {
  const id = tree.parents.length;
  const weight = weightOf(histogram.gradient, histogram.hessian, rules);
  tree.parents.push(parent);
  tree.leftChildren.push(-1);
  tree.rightChildren.push(-1);
  tree.splitFeatures.push(0);
  tree.splitConditions.push(Math.fround(rules.learningRate * weight));
  tree.gains.push(0);
  tree.covers.push(Math.fround(histogram.hessian));
  tree.weights.push(Math.fround(weight));
  return { id, depth, rows, histogram };
}

function divide(matrix: BinnedMatrix, rows: Int32Array, split: Split): [Int32Array, Int32Array] {
  const left = new Int32Array(rows.length);
  const right = new Int32Array(rows.length);
  let leftCount = 0;
  let rightCount = 0;
  for (const row of rows) {
    const bin = matrix.bins[row * matrix.columns + split.column] as number;
    if (bin <= split.lastBinLeft) left[leftCount++] = row;
    else right[rightCount++] = row;
  }
  return [left.subarray(0, leftCount), right.subarray(0, rightCount)];
}
