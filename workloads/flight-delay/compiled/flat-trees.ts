// The trees of a model as a few rows of numbers: what compile makes, what its file holds, and what the
// compiled model's evaluators start from. Nodes stand in preorder, so a left child needs no pointer.

import { RefusedInputError } from '../container.ts';
import type { BoostedModel } from '../model/xgboost-json.ts';
import type { Tree } from '../trees/tree.ts';

export interface FlatTrees {
  /** A float32. */
  readonly baseScore: number;
  /** For each feature the numbers that any tree compares it with, ascending, each once. */
  readonly thresholds: readonly Float32Array[];
  /** For each node the feature that it compares, or `leaf`. */
  readonly features: Uint8Array;
  /** For each split, in preorder: the place of its threshold among its feature's. */
  readonly places: Uint16Array;
  /** For each leaf, in preorder: its value. */
  readonly leaves: Float32Array;
  readonly trees: number;
}

/** In the place of a feature: this node is a leaf. */
export const leaf = 255;

const mostFeatures = 255;
/** Places are 16 bits wide. */
const mostThresholds = 65_536;

/**
 * Nothing but numbers comes through here, and each of them is checked: what follows indexes arrays with
 * them, and a tree that bites its own tail would never end.
 *
 * @throws RefusedInputError naming the tree and what is wrong with it
 */
export function flatten({ baseScore, features, trees }: BoostedModel): FlatTrees {
  if (!(baseScore > 0 && baseScore < 1))
    throw new RefusedInputError(`The base score ${baseScore} is no probability.`);
  if (!Number.isInteger(features) || features < 1 || features > mostFeatures)
    throw new RefusedInputError(`The model has ${features} features; 1 to ${mostFeatures} can be compiled.`);
  if (trees.length === 0) throw new RefusedInputError('The model has no trees.');
  const nodes = trees.flatMap((tree, index) => preorderOf(tree, features, `Tree ${index + 1}`));
  const splits = nodes.filter(({ feature }) => feature !== leaf);
  const thresholds = Array.from({ length: features }, (_, feature) =>
    ascendingOnce(splits.filter((split) => split.feature === feature).map(({ value }) => value)),
  );
  const placeOf = thresholds.map((values) => new Map([...values].map((value, place) => [value, place])));
  return {
    baseScore: Math.fround(baseScore),
    thresholds,
    features: Uint8Array.from(nodes, ({ feature }) => feature),
    places: Uint16Array.from(splits, ({ feature, value }) => placeOf[feature]?.get(value) as number),
    leaves: Float32Array.from(
      nodes.filter(({ feature }) => feature === leaf),
      ({ value }) => value,
    ),
    trees: trees.length,
  };
}

interface Node {
  readonly feature: number;
  /** Threshold of a split, value of a leaf. */
  readonly value: number;
}

function preorderOf(tree: Tree, features: number, name: string): Node[] {
  const { leftChildren, rightChildren, splitFeatures, splitConditions } = tree;
  const count = leftChildren.length;
  const refuse = (what: string): never => {
    throw new RefusedInputError(`${name} of the model cannot be compiled: ${what}.`);
  };
  const lengths = [rightChildren, splitFeatures, splitConditions].map((values) => values.length);
  if (count === 0 || lengths.some((length) => length !== count)) refuse('its lists differ in length');
  const nodes: Node[] = [];
  const met = new Uint8Array(count);
  const waiting = [0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!Number.isInteger(node) || node < 0 || node >= count) refuse(`it has no node ${node}`);
    if (met[node]) refuse(`node ${node} has two parents`);
    met[node] = 1;
    const value = splitConditions[node] as number;
    if (!Number.isFinite(value) || Math.fround(value) !== value) refuse(`node ${node} holds ${value}`);
    const [left, right] = [leftChildren[node] as number, rightChildren[node] as number];
    if ((left === -1) !== (right === -1)) refuse(`node ${node} has one child`);
    if (left === -1) {
      nodes.push({ feature: leaf, value });
      continue;
    }
    const feature = splitFeatures[node] as number;
    if (!Number.isInteger(feature) || feature < 0 || feature >= features)
      refuse(`node ${node} compares feature ${feature}`);
    // -0 and 0 are one threshold; a Map would take them for one as well, a file for two.
    nodes.push({ feature, value: value + 0 });
    waiting.push(right, left);
  }
  if (nodes.length !== count) refuse(`${count - nodes.length} of its nodes belong to nobody`);
  return nodes;
}

function ascendingOnce(values: readonly number[]): Float32Array {
  const sorted = Float32Array.from(new Set(values)).sort();
  if (sorted.length > mostThresholds)
    throw new RefusedInputError(`A feature is compared with ${sorted.length} numbers, too many to compile.`);
  return sorted;
}
