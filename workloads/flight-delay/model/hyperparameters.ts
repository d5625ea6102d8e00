// The hyperparameters, what they default to and what they may be. SageMaker hands all values over as
// strings, and a misspelt name would otherwise train for an hour on a default nobody asked for.

import { readFile } from 'node:fs/promises';
import { parseJson, RefusedInputError } from '../container.ts';

const rules = {
  epochs: { byDefault: 12, least: 1, most: 1000, whole: true },
  treesPerEpoch: { byDefault: 40, least: 1, most: 1000, whole: true },
  learningRate: { byDefault: 0.05, least: 0.0001, most: 1, whole: false },
  maxDepth: { byDefault: 5, least: 1, most: 12, whole: true },
  /** L2 penalty on leaf weights. */
  lambda: { byDefault: 5, least: 0, most: 1000, whole: false },
  /** Least sum of hessians in a leaf. */
  minChildWeight: { byDefault: 10, least: 0, most: 10_000, whole: false },
  /** Least gain worth a split. */
  gamma: { byDefault: 0, least: 0, most: 1000, whole: false },
  /** Share of the rows that each tree sees. */
  subsample: { byDefault: 0.7, least: 0.01, most: 1, whole: false },
  /** Share of the features that each tree sees. */
  featureShare: { byDefault: 0.7, least: 0.01, most: 1, whole: false },
  maxBins: { byDefault: 256, least: 2, most: 256, whole: true },
  seed: { byDefault: 7, least: 0, most: 2 ** 31 - 1, whole: true },
} as const;

export type Hyperparameters = { readonly [name in keyof typeof rules]: number };

export function parseHyperparameters(given: Readonly<Record<string, unknown>>): Hyperparameters {
  for (const name of Object.keys(given)) {
    // Tuning jobs and the SageMaker SDK add names of their own, such as _tuning_objective_metric.
    if (Object.hasOwn(rules, name) || name.startsWith('_') || name.startsWith('sagemaker_')) continue;
    throw new RefusedInputError(
      `Hyperparameter "${name}" is unknown. The known ones are ${Object.keys(rules).join(', ')}.`,
    );
  }
  const parsed = Object.entries(rules).map(([name, rule]) => [name, parseOne(name, rule, given[name])]);
  return Object.fromEntries(parsed) as Hyperparameters;
}

export async function readHyperparameters(path: string): Promise<Hyperparameters> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    // A job without hyperparameters has no file; one that cannot be read is another matter.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return parseHyperparameters({});
  }
  const given = parseJson(text, 'hyperparameters.json');
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new RefusedInputError('hyperparameters.json must hold one object of strings.');
  }
  return parseHyperparameters(given as Record<string, unknown>);
}

interface Rule {
  readonly byDefault: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

function parseOne(name: string, rule: Rule, given: unknown): number {
  if (given === undefined) return rule.byDefault;
  // Number('') is 0 and Number('0x10') is 16; neither is what anybody means by a hyperparameter.
  const isDecimal = typeof given === 'string' && /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(given.trim());
  const value = isDecimal ? Number(given) : Number.NaN;
  const fits = value >= rule.least && value <= rule.most && (!rule.whole || Number.isInteger(value));
  if (fits) return value;
  const kind = rule.whole ? 'a whole number' : 'a number';
  throw new RefusedInputError(
    `Hyperparameter "${name}" must be ${kind} from ${rule.least} to ${rule.most}, as a string; got ${JSON.stringify(given)}.`,
  );
}
