// The parts of a report that are drawn rather than compared.

import type { BoostedModel } from '../model/xgboost-json.ts';
import type { Outcome } from './metrics.ts';

export interface RocPoint {
  /** Share of the negatives that this threshold takes for positives. */
  readonly fpr: number;
  /** Share of the positives that it finds. */
  readonly tpr: number;
  readonly threshold: number;
}

/** From "nothing is positive" to "everything is", thinned out evenly to at most `most` points. */
export function rocCurve(outcomes: readonly Outcome[], most = 100): RocPoint[] {
  const sorted = outcomes.toSorted((one, other) => other.probability - one.probability);
  const positives = sorted.filter(({ positive }) => positive).length;
  const negatives = sorted.length - positives;
  // No probability is above 1, so this threshold takes nothing (and JSON has no infinity).
  const points: RocPoint[] = [{ fpr: 0, tpr: 0, threshold: 1 }];
  let found = 0;
  sorted.forEach(({ probability, positive }, index) => {
    if (positive) found++;
    // Rows with the same probability stand on the same side of every threshold: one point for all of them.
    if (sorted[index + 1]?.probability === probability) return;
    const tpr = found / Math.max(positives, 1);
    points.push({ fpr: (index + 1 - found) / Math.max(negatives, 1), tpr, threshold: probability });
  });
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => points[Math.round(index * step)] as RocPoint);
}

export interface FeatureImportance {
  readonly feature: string;
  /** Share of all the gain that the trees found in splits on this feature. */
  readonly gainShare: number;
  readonly splits: number;
}

export function featureImportance(model: BoostedModel, names: readonly string[]): FeatureImportance[] {
  const gains = names.map(() => 0);
  const splits = names.map(() => 0);
  for (const tree of model.trees) {
    tree.splitFeatures.forEach((feature, node) => {
      if (tree.leftChildren[node] === -1) return;
      gains[feature] = (gains[feature] ?? 0) + (tree.gains[node] ?? 0);
      splits[feature] = (splits[feature] ?? 0) + 1;
    });
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0) || 1;
  return names
    .map((feature, index) => ({
      feature,
      gainShare: (gains[index] ?? 0) / total,
      splits: splits[index] ?? 0,
    }))
    .toSorted((one, other) => other.gainShare - one.gainShare);
}
