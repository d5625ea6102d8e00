// The model file, in the JSON that XGBoost 1.3 writes: XGBoost itself, SHAP tools and Neo can take it from
// here, and no reader needs this code. Two habits of XGBoost's parser shape what follows: a number where
// it expects a float must look like one ("250" is an integer to it, "2.5e+2" a float), and settings of
// the learner are strings.

import { parseJson, RefusedInputError } from '../container.ts';
import type { Tree } from '../trees/tree.ts';

export interface BoostedModel {
  readonly baseScore: number;
  readonly features: number;
  readonly trees: readonly Tree[];
}

export function xgboostJsonOf(model: BoostedModel): string {
  const modelParams = `{"gbtree_model_param":{"num_trees":"${model.trees.length}","size_leaf_vector":"0"}`;
  const treeInfo = model.trees.map(() => 0).join();
  const trees = model.trees.map((tree, id) => treeJsonOf(tree, id, model.features)).join();
  return [
    '{"learner":{"attributes":{},"gradient_booster":{"model":',
    `${modelParams},"tree_info":[${treeInfo}],"trees":[${trees}]},"name":"gbtree"},`,
    `"learner_model_param":{"base_score":"${floatText(model.baseScore)}","num_class":"0","num_feature":"${model.features}"},`,
    '"objective":{"name":"binary:logistic","reg_loss_param":{"scale_pos_weight":"1"}}},"version":[1,3,3]}',
  ].join('');
}

function treeJsonOf(tree: Tree, id: number, features: number): string {
  const nodes = tree.parents.length;
  const floats = (values: readonly number[]) => `[${values.map(floatText).join()}]`;
  const integers = (values: readonly number[]) => `[${values.join()}]`;
  const everyNode = (text: string) => `[${Array<string>(nodes).fill(text).join()}]`;
  // Keys in XGBoost's own (alphabetical) order. No feature is ever missing, so no default direction matters.
  return [
    `{"base_weights":${floats(tree.weights)},"categories":[],"categories_nodes":[],"categories_segments":[]`,
    `"categories_sizes":[],"default_left":${everyNode('false')},"id":${id}`,
    `"left_children":${integers(tree.leftChildren)},"loss_changes":${floats(tree.gains)}`,
    `"parents":${integers(tree.parents)},"right_children":${integers(tree.rightChildren)}`,
    `"split_conditions":${floats(tree.splitConditions)},"split_indices":${integers(tree.splitFeatures)}`,
    `"split_type":${everyNode('0')},"sum_hessian":${floats(tree.covers)}`,
    `"tree_param":{"num_deleted":"0","num_feature":"${features}","num_nodes":"${nodes}","size_leaf_vector":"0"}}`,
  ].join();
}

/** The fewest digits that name this float32 and no other; nine always suffice. */
export function floatText(value: number): string {
  const float = Math.fround(value);
  for (let digits = 5; digits < 8; digits++) {
    const text = float.toExponential(digits);
    if (Math.fround(Number(text)) === float) return text;
  }
  return float.toExponential(8);
}

interface XgboostTreeJson {
  readonly base_weights: number[];
  readonly left_children: number[];
  readonly loss_changes: number[];
  readonly parents: number[];
  readonly right_children: number[];
  readonly split_conditions: number[];
  readonly split_indices: number[];
  readonly sum_hessian: number[];
}

export function modelFromXgboostJson(text: string): BoostedModel {
  const { learner } = Object(parseJson(text, 'The model file'));
  if (learner?.objective?.name !== 'binary:logistic' || learner?.gradient_booster?.name !== 'gbtree') {
    throw new RefusedInputError('The model file is no XGBoost tree model for binary:logistic.');
  }
  const { trees: listed } = learner.gradient_booster.model ?? {};
  if (!Array.isArray(listed) || !listed.every(hasLists))
    throw new RefusedInputError('The model file holds no list of trees.');
  const trees = (listed as XgboostTreeJson[]).map((tree) => ({
    leftChildren: tree.left_children,
    rightChildren: tree.right_children,
    parents: tree.parents,
    splitFeatures: tree.split_indices,
    // The decimal text names a float32; its nearest double is a hair off and would misplace equal values.
    splitConditions: tree.split_conditions.map(Math.fround),
    gains: tree.loss_changes.map(Math.fround),
    covers: tree.sum_hessian.map(Math.fround),
    weights: tree.base_weights.map(Math.fround),
  }));
  const { base_score: baseScore, num_feature: features } = learner.learner_model_param;
  return { baseScore: Number(baseScore), features: Number(features), trees };
}

const treeLists = [
  'left_children',
  'right_children',
  'parents',
  'split_indices',
  'split_conditions',
  'loss_changes',
  'sum_hessian',
  'base_weights',
] as const satisfies readonly (keyof XgboostTreeJson)[];

function hasLists(tree: Partial<XgboostTreeJson> | null): boolean {
  return treeLists.every((name) => Array.isArray(tree?.[name]));
}
