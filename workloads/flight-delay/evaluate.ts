// evaluate: judges a model on the test rows. A workflow reads the small metrics.json; people read report.json.

import { existsSync } from 'node:fs';
import { type Container, pathIn, RefusedInputError, tellSageMaker, writeWhole } from './container.ts';
import { type Comparison, compare } from './evidence/comparison.ts';
import { rocCurve } from './evidence/curves.ts';
import { calibrationCurve, metricsOf, type Outcome } from './evidence/metrics.ts';
import { flownFlightsFromCsv } from './flights/csv.ts';
import { type FlownFlight, isDelayed } from './flights/flight.ts';
import { readCsvFiles } from './flights/read-files.ts';
import { isSeen } from './model/encoding.ts';
import { type FlightModel, loadFlightModel, predict } from './model/flight-model.ts';
import { filesInArchiveIn } from './model/model-files.ts';

export async function evaluate(container: Container): Promise<void> {
  const { model, archiveBytes } = await readModel(container, 'model');
  const flights = await readTestRows(pathIn(container, 'processing/input/test'));
  const outcomes = outcomesOf(model, flights);
  const uncompiled = await readUncompiled(container);
  const comparison = uncompiled && compare(model, uncompiled.model, flights);
  const { predictionDifference, speedUp, ...times } = comparison ?? {};
  const metrics = {
    schemaVersion: 1,
    rows: outcomes.length,
    positives: outcomes.filter(({ positive }) => positive).length,
    // What is undefined is not written: without anything to compare with, it stays unsaid.
    metrics: { ...metricsOf(outcomes), predictionDifference, speedUp },
    model: {
      ...factsOf(model),
      archiveBytes,
      uncompiledArchiveBytes: uncompiled?.archiveBytes,
      ...times,
    },
  };
  await writeRounded(pathIn(container, 'processing/output/report/metrics.json'), metrics);
  await writeRounded(pathIn(container, 'processing/output/report/report.json'), {
    ...metrics,
    ...(container.commit && { commit: container.commit }),
    flightsWithUnseenAirport: flights.filter((flight) => !isSeen(flight, model.encoding)).length,
    rocCurve: rocCurve(outcomes),
    calibrationCurve: calibrationCurve(outcomes),
    featureImportance: model.featureImportance,
    hyperparameters: model.training.hyperparameters,
    epochs: model.training.metrics,
  });
  const { auc, logLoss } = metrics.metrics;
  const said = `auc=${auc.toFixed(6)} logloss=${logLoss.toFixed(6)} on ${outcomes.length} rows${saidOf(comparison)}`;
  container.log(said);
  await tellSageMaker(container, 'message', said);
}

function outcomesOf(model: FlightModel, flights: readonly FlownFlight[]): Outcome[] {
  const probabilities = predict(model, flights);
  return flights.map((flight, row) => {
    return { probability: probabilities[row] as number, positive: isDelayed(flight) };
  });
}

/** How the model came to be. */
function factsOf({ kind, training: { epochs, resumedFromEpoch, trees, rows } }: FlightModel) {
  return { kind, epochs, resumedFromEpoch, trees, trainRows: rows.train };
}

interface ReadModel {
  readonly model: FlightModel;
  readonly archiveBytes: number | undefined;
}

async function readModel(container: Container, input: 'model' | 'uncompiled'): Promise<ReadModel> {
  const directory = pathIn(container, 'processing/input', input);
  const files = await filesInArchiveIn(directory, `the processing input "${input}"`);
  return { model: await loadFlightModel(files), archiveBytes: files.archiveBytes };
}

/** What the model was compiled from, where a job brings it: then the two are compared. */
async function readUncompiled(container: Container): Promise<ReadModel | undefined> {
  return existsSync(pathIn(container, 'processing/input/uncompiled'))
    ? readModel(container, 'uncompiled')
    : undefined;
}

async function readTestRows(directory: string): Promise<FlownFlight[]> {
  const files = await readCsvFiles(directory);
  const flights = files.flatMap(({ name, text }) => flownFlightsFromCsv(text, `test/${name}`));
  if (flights.length === 0) throw new RefusedInputError('The processing input "test" holds no rows.');
  return flights;
}

function saidOf(comparison: Comparison | undefined): string {
  if (!comparison) return '';
  const { predictionDifference, speedUp } = comparison;
  return `; compiled: difference ${predictionDifference}, ${speedUp.toFixed(1)} times as fast`;
}

/** Six digits: more would only be noise, and would differ where nothing differs. */
async function writeRounded(path: string, value: unknown): Promise<void> {
  const rounded = (key: string, each: unknown) =>
    // Except here, where six digits would call a small difference none.
    typeof each === 'number' && key !== 'predictionDifference' ? Number(each.toFixed(6)) : each;
  await writeWhole(path, `${JSON.stringify(value, rounded, 2)}\n`);
}
