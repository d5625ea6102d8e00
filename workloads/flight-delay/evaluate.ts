// evaluate: judges a model on the test rows. A workflow reads the small metrics.json; people read report.json.

import { readFile } from 'node:fs/promises';
import { type Container, pathIn, RefusedInputError, tellSageMaker, writeWhole } from './container.ts';
import { filesInArchive } from './evidence/archive.ts';
import { featureImportance, rocCurve } from './evidence/curves.ts';
import { calibrationCurve, metricsOf, type Outcome } from './evidence/metrics.ts';
import { flownFlightsFromCsv } from './flights/csv.ts';
import { type FlownFlight, isDelayed } from './flights/flight.ts';
import { readCsvFiles } from './flights/read-files.ts';
import { isSeen } from './model/encoding.ts';
import { type FlightModel, loadFlightModel, predict } from './model/flight-model.ts';

export async function evaluate(container: Container): Promise<void> {
  const model = await readModel(pathIn(container, 'processing/input/model/model.tar.gz'));
  const flights = await readTestRows(pathIn(container, 'processing/input/test'));
  const probabilities = predict(model, flights);
  const outcomes = flights.map((flight, row): Outcome => {
    return { probability: probabilities[row] as number, positive: isDelayed(flight) };
  });

  const { epochs, resumedFromEpoch, trees, rows } = model.training;
  const metrics = {
    schemaVersion: 1,
    rows: outcomes.length,
    positives: outcomes.filter(({ positive }) => positive).length,
    metrics: metricsOf(outcomes),
    model: { epochs, resumedFromEpoch, trees, trainRows: rows.train },
  };
  await writeRounded(pathIn(container, 'processing/output/report/metrics.json'), metrics);
  await writeRounded(pathIn(container, 'processing/output/report/report.json'), {
    ...metrics,
    ...(container.commit && { commit: container.commit }),
    flightsWithUnseenAirport: flights.filter((flight) => !isSeen(flight, model.encoding)).length,
    rocCurve: rocCurve(outcomes),
    calibrationCurve: calibrationCurve(outcomes),
    featureImportance: featureImportance(model.boosted, model.encoding.featureNames),
    hyperparameters: model.training.hyperparameters,
    epochs: model.training.metrics,
  });
  const { auc, logLoss } = metrics.metrics;
  const said = `auc=${auc.toFixed(6)} logloss=${logLoss.toFixed(6)} on ${outcomes.length} rows`;
  container.log(said);
  await tellSageMaker(container, 'message', said);
}

async function readModel(path: string): Promise<FlightModel> {
  const archive = await readFile(path).catch((cause) => {
    throw new RefusedInputError('There is no model.tar.gz in the processing input "model".', { cause });
  });
  const files = filesInArchive(archive);
  return loadFlightModel(async (name) => {
    const file = files.get(name);
    if (!file) throw new RefusedInputError(`The model archive has no ${name}.`);
    return file.toString();
  });
}

async function readTestRows(directory: string): Promise<FlownFlight[]> {
  const files = await readCsvFiles(directory);
  const flights = files.flatMap(({ name, text }) => flownFlightsFromCsv(text, `test/${name}`));
  if (flights.length === 0) throw new RefusedInputError('The processing input "test" holds no rows.');
  return flights;
}

/** Six digits: more would only be noise, and would differ where nothing differs. */
async function writeRounded(path: string, value: unknown): Promise<void> {
  const rounded = (_key: string, each: unknown) =>
    typeof each === 'number' ? Number(each.toFixed(6)) : each;
  await writeWhole(path, `${JSON.stringify(value, rounded, 2)}\n`);
}
