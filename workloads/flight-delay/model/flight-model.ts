// The trained model as a whole: trees, the airports' encoding, and how it came to be.

import { RefusedInputError } from '../container.ts';
import type { Flight } from '../flights/flight.ts';
import { marginOf, predictMargin, probabilityOf } from '../trees/tree.ts';
import type { EpochMetrics } from './checkpoints.ts';
import type { Encoding } from './encoding.ts';
import { encodeFlights, featureNames } from './features.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import { type BoostedModel, modelFromXgboostJson } from './xgboost-json.ts';

/** Neo wants exactly one file that ends in .model. */
export const modelFile = 'flight-delay.model';
export const featuresFile = 'features.json';
export const trainingFile = 'training.json';

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

export interface FlightModel {
  readonly boosted: BoostedModel;
  readonly encoding: Encoding;
  readonly training: TrainingReport;
}

/** `readText` finds a file by name: in the model directory, or in the archive of a model package. */
export async function loadFlightModel(readText: (name: string) => Promise<string>): Promise<FlightModel> {
  const boosted = modelFromXgboostJson(await readText(modelFile));
  const encoding = JSON.parse(await readText(featuresFile)) as Encoding;
  const training = JSON.parse(await readText(trainingFile)) as TrainingReport;
  // Indices in the trees mean nothing without the names: another list of features is another model.
  if (encoding.featureNames.join() !== featureNames.join()) {
    throw new RefusedInputError(
      `The model knows the features ${encoding.featureNames.join()}, this code ${featureNames.join()}.`,
    );
  }
  return { boosted, encoding, training };
}

/** The chance of each flight to arrive more than 15 minutes late. */
export function predict(model: FlightModel, flights: readonly Flight[]): number[] {
  const { columns, values } = encodeFlights(flights, model.encoding);
  const base = marginOf(model.boosted.baseScore);
  return flights.map((_, row) =>
    probabilityOf(predictMargin(base, model.boosted.trees, values, row * columns)),
  );
}
