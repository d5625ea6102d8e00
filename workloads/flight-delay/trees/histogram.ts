// Gradient statistics per feature and bin, and the best split they allow.

import type { BinnedMatrix } from './bins.ts';

/** First and second derivative of the loss, per row. */
export interface Gradients {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

export interface SplitRules {
  /** L2 penalty on leaf weights. */
  readonly lambda: number;
  /** Least sum of hessians on either side. */
  readonly minChildWeight: number;
  /** Least gain worth a split. */
  readonly gamma: number;
}

export interface Histogram {
  /** Per column and bin: the gradient at an even place, the hessian right after it. */
  readonly sums: Float64Array;
  readonly gradient: number;
  readonly hessian: number;
}

export interface Split {
  readonly column: number;
  readonly lastBinLeft: number;
  readonly threshold: number;
  readonly gain: number;
}

const binsPerColumn = 256;

/** XGBoost's own least: a side with no rows has no hessian but what rounding left, and nothing to divide by. */
const leastHessian = 1e-6;

export function histogramOf(
  matrix: BinnedMatrix,
  gradients: Gradients,
  rows: Int32Array,
  columns: readonly number[],
): Histogram {
  const sums = new Float64Array(matrix.columns * binsPerColumn * 2);
  const chosen = Int32Array.from(columns);
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    const g = gradients.gradient[row] as number;
    const h = gradients.hessian[row] as number;
    const first = row * matrix.columns;
    for (const column of chosen) {
      const place = (column * binsPerColumn + (matrix.bins[first + column] as number)) * 2;
      sums[place] = (sums[place] as number) + g;
      sums[place + 1] = (sums[place + 1] as number) + h;
    }
    gradient += g;
    hessian += h;
  }
  return { sums, gradient, hessian };
}

export function subtract(whole: Histogram, part: Histogram): Histogram {
  const sums = new Float64Array(whole.sums.length);
  for (let place = 0; place < sums.length; place++) {
    sums[place] = (whole.sums[place] as number) - (part.sums[place] as number);
  }
  return { sums, gradient: whole.gradient - part.gradient, hessian: whole.hessian - part.hessian };
}

/** The step that Newton's method takes in a node. */
export function weightOf(gradient: number, hessian: number, rules: SplitRules): number {
  return -gradient / (hessian + rules.lambda);
}

export function findSplit(
  histogram: Histogram,
  matrix: BinnedMatrix,
  columns: readonly number[],
  rules: SplitRules,
): Split | undefined {
  const { sums, gradient, hessian } = histogram;
  const unsplit = (gradient * gradient) / (hessian + rules.lambda);
  const least = Math.max(rules.minChildWeight, leastHessian);
  let best: Split | undefined;
  for (const column of columns) {
    const thresholds = matrix.thresholds[column] as Float32Array;
    let leftGradient = 0;
    let leftHessian = 0;
    for (let bin = 0; bin < thresholds.length; bin++) {
      const place = (column * binsPerColumn + bin) * 2;
      leftGradient += sums[place] as number;
      leftHessian += sums[place + 1] as number;
      const rightHessian = hessian - leftHessian;
      if (leftHessian < least) continue;
      if (rightHessian < least) break;
      const rightGradient = gradient - leftGradient;
      const gain =
        (leftGradient * leftGradient) / (leftHessian + rules.lambda) +
        (rightGradient * rightGradient) / (rightHessian + rules.lambda) -
        unsplit;
      if (gain > rules.gamma && gain > (best?.gain ?? 0)) {
        best = { column, lastBinLeft: bin, threshold: thresholds[bin] as number, gain };
      }
    }
  }
  return best;
}
