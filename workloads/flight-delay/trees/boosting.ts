// Gradient boosting for yes-or-no labels: each tree learns what the trees before it got wrong.

import type { Outcome } from '../evidence/metrics.ts';
import { type BinnedMatrix, binMatrix, type Matrix } from './bins.ts';
import { type GrowthRules, growTree } from './grow-tree.ts';
import type { Gradients } from './histogram.ts';
import { randomStream, shuffled } from './random.ts';
import { leafValue, marginOf, probabilityOf, type Tree } from './tree.ts';

export interface BoostingRules extends GrowthRules {
  readonly seed: number;
  readonly maxBins: number;
  /** Share of the rows that each tree sees. */
  readonly subsample: number;
  /** Share of the features that each tree sees. */
  readonly featureShare: number;
}

export interface Sample {
  readonly matrix: Matrix;
  readonly labels: readonly boolean[];
}

export class Boosting {
  readonly trees: Tree[] = [];
  readonly baseScore: number;
  private readonly rules: BoostingRules;
  private readonly train: Sample;
  private readonly validation: Sample;
  private readonly binned: BinnedMatrix;
  private readonly trainMargins: Float32Array;
  private readonly validationMargins: Float32Array;

  constructor(train: Sample, validation: Sample, baseScore: number, rules: BoostingRules) {
    this.rules = rules;
    this.train = train;
    this.validation = validation;
    this.binned = binMatrix(train.matrix, rules.maxBins);
    // As the model file will hold it, or training and serving would start from different odds.
    this.baseScore = Math.fround(baseScore);
    const baseMargin = marginOf(this.baseScore);
    this.trainMargins = new Float32Array(train.matrix.rows).fill(baseMargin);
    this.validationMargins = new Float32Array(validation.matrix.rows).fill(baseMargin);
  }

  growNextTree(): void {
    const random = randomStream(this.rules.seed, this.trees.length);
    const rows = pickRows(this.train.matrix.rows, this.rules.subsample, random);
    const columns = pickColumns(this.train.matrix.columns, this.rules.featureShare, random);
    this.add(growTree(this.binned, this.gradients(), rows, columns, this.rules));
  }

  /** Grown just now or read from a checkpoint, a tree changes the margins the same way. */
  add(tree: Tree): void {
    addTo(this.trainMargins, tree, this.train.matrix);
    addTo(this.validationMargins, tree, this.validation.matrix);
    this.trees.push(tree);
  }

  trainOutcomes(): Outcome[] {
    return outcomes(this.trainMargins, this.train.labels);
  }

  validationOutcomes(): Outcome[] {
    return outcomes(this.validationMargins, this.validation.labels);
  }

  private gradients(): Gradients {
    const rows = this.train.matrix.rows;
    const gradient = new Float64Array(rows);
    const hessian = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const probability = 1 / (1 + Math.exp(-(this.trainMargins[row] as number)));
      gradient[row] = probability - Number(this.train.labels[row]);
      hessian[row] = Math.max(probability * (1 - probability), 1e-16);
    }
    return { gradient, hessian };
  }
}

function pickRows(rows: number, share: number, random: () => number): Int32Array {
  const picked = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (random() < share) picked[count++] = row;
  return picked.subarray(0, count);
}

function pickColumns(columns: number, share: number, random: () => number): number[] {
  const all = Array.from({ length: columns }, (_, column) => column);
  const picked = shuffled(all, random).slice(0, Math.max(1, Math.round(columns * share)));
  // In ascending order, so that equal gains are settled by the feature's place and not by chance.
  return picked.toSorted((one, other) => one - other);
}

function addTo(margins: Float32Array, tree: Tree, matrix: Matrix): void {
  for (let row = 0; row < matrix.rows; row++) {
    margins[row] = (margins[row] as number) + leafValue(tree, matrix.values, row * matrix.columns);
  }
}

function outcomes(margins: Float32Array, labels: readonly boolean[]): Outcome[] {
  return labels.map((positive, row) => ({ probability: probabilityOf(margins[row] as number), positive }));
}
