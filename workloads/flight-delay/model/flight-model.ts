// The model as a whole: trees, as they were trained or as compile has laid them out, the airports'
// encoding, and how it came to be.

import { type Evaluator, evaluatorOf } from '../compiled/evaluators.ts';
import { treesFrom } from '../compiled/trees-file.ts';
import { parseJson, RefusedInputError } from '../container.ts';
import { type FeatureImportance, featureImportance } from '../evidence/curves.ts';
import type { Flight } from '../flights/flight.ts';
import { marginOf, predictMargin, probabilityOf } from '../trees/tree.ts';
import type { EpochMetrics } from './checkpoints.ts';
import type { Encoding } from './encoding.ts';
import { encodeFlights, featureNames } from './features.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import type { ModelFiles } from './model-files.ts';
import { modelFromXgboostJson } from './xgboost-json.ts';

/** Neo wants exactly one file that ends in .model. */
export const modelFile = 'flight-delay.model';
export const featuresFile = 'features.json';
export const trainingFile = 'training.json';
/** What compile leaves in the place of the model file. */
export const compiledTreesFile = 'flight-delay.trees';
export const compilationFile = 'compilation.json';

export interface TrainingReport {
  readonly schemaVersion: 1;
  readonly epochs: number;
  /** The checkpointed epoch that this run continued from; null when it started from nothing. */
  readonly resumedFromEpoch: number | null;
  readonly trees: number;
  readonly hyperparameters: Hyperparameters;
  readonly rows: {
    readonly train: number;
    readonly validation: number;
    /** Validation rows with an airport that no training row has: answered from the prior. */
    readonly validationWithUnseenAirport: number;
  };
  readonly delayedShare: number;
  readonly fingerprint: string;
  readonly metrics: readonly EpochMetrics[];
}

export interface CompilationReport {
  readonly schemaVersion: 1;
  /** SHA-256 of the model file that was compiled. */
  readonly compiledFrom: string;
  readonly trees: number;
  readonly nodes: number;
  /** The trees' gains are not compiled; what a report tells of them is. */
  readonly featureImportance: readonly FeatureImportance[];
}

export interface FlightModel {
  readonly kind: 'trained' | 'compiled';
  readonly baseScore: number;
  /** The sum of all trees for one row. */
  readonly evaluate: Evaluator;
  readonly featureImportance: readonly FeatureImportance[];
  readonly encoding: Encoding;
  readonly training: TrainingReport;
}

/** Of either kind: what the files are says which. */
export async function loadFlightModel(files: ModelFiles): Promise<FlightModel> {
  refuseNeo(files);
  const isCompiled = files.names.includes(compiledTreesFile);
  const trees = isCompiled ? await compiledTrees(files) : await trainedTrees(files);
  const encoding = await readJson<Encoding>(files, featuresFile);
  const training = await readJson<TrainingReport>(files, trainingFile);
  // Indices in the trees mean nothing without the names: another list of features is another model.
  if (encoding.featureNames.join() !== featureNames.join()) {
    throw new RefusedInputError(
      `The model knows the features ${encoding.featureNames.join()}, this code ${featureNames.join()}.`,
    );
  }
  return { ...trees, encoding, training };
}

/** The chance of each flight to arrive more than 15 minutes late. */
export function predict(model: FlightModel, flights: readonly Flight[]): number[] {
  const { columns, values } = encodeFlights(flights, model.encoding);
  const base = marginOf(model.baseScore);
  return flights.map((_, row) => probabilityOf(model.evaluate(values, row * columns, base)));
}

type ModelTrees = Pick<FlightModel, 'kind' | 'baseScore' | 'evaluate' | 'featureImportance'>;

async function trainedTrees(files: ModelFiles): Promise<ModelTrees> {
  const boosted = modelFromXgboostJson((await files.read(modelFile)).toString());
  return {
    kind: 'trained',
    baseScore: boosted.baseScore,
    evaluate: (values, offset, base) => predictMargin(base, boosted.trees, values, offset),
    featureImportance: featureImportance(boosted, featureNames),
  };
}

async function compiledTrees(files: ModelFiles): Promise<ModelTrees> {
  const flat = treesFrom(await files.read(compiledTreesFile));
  if (flat.thresholds.length !== featureNames.length) {
    throw new RefusedInputError(
      `The compiled trees know ${flat.thresholds.length} features, this code ${featureNames.length}.`,
    );
  }
  const report = await readJson<CompilationReport>(files, compilationFile);
  return {
    kind: 'compiled',
    baseScore: flat.baseScore,
    evaluate: evaluatorOf(flat),
    featureImportance: report.featureImportance,
  };
}

/** Neo's own compiler leaves a shared library, which its runtime (DLR) runs and Node does not. */
function refuseNeo({ names }: ModelFiles): void {
  const library = names.find((name) => /(^|\/)(compiled(_model)?\.(so|tar|params)|libdlr\.so)$/.test(name));
  if (library === undefined) return;
  throw new RefusedInputError(
    `The model was compiled by SageMaker Neo (${library}): to serve it, this image would need the DLR ` +
      `runtime and ${featuresFile}, which Neo's archive leaves out. It serves ${modelFile} and what its ` +
      'own command "compile" makes of that.',
  );
}

async function readJson<Value>(files: ModelFiles, name: string): Promise<Value> {
  return parseJson((await files.read(name)).toString(), `${name} of the model`) as Value;
}
