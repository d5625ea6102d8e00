// train: grows the model epoch by epoch, and can be stopped and started again at any moment without a
// trace in the result.

import { createHash } from 'node:crypto';
import { setImmediate as othersHaveRun } from 'node:timers/promises';
import { type Container, pathIn, RefusedInputError, writeJson, writeWhole } from './container.ts';
import { metricsOf } from './evidence/metrics.ts';
import { flownFlightsFromCsv } from './flights/csv.ts';
import { type FlownFlight, isDelayed } from './flights/flight.ts';
import { readCsvFiles } from './flights/read-files.ts';
import { type EpochMetrics, newestCheckpoint, saveCheckpoint } from './model/checkpoints.ts';
import { fitEncoding, isSeen } from './model/encoding.ts';
import { encodeFlights, encodeTrainingFlights, featureNames } from './model/features.ts';
import { featuresFile, modelFile, type TrainingReport, trainingFile } from './model/flight-model.ts';
import { type Hyperparameters, readHyperparameters } from './model/hyperparameters.ts';
import { xgboostJsonOf } from './model/xgboost-json.ts';
import { Boosting } from './trees/boosting.ts';

export async function train(container: Container): Promise<void> {
  const settings = await readHyperparameters(pathIn(container, 'input/config/hyperparameters.json'));
  const trainRows = await readChannel(container, 'train');
  const validationRows = await readChannel(container, 'validation');
  const fingerprint = fingerprintOf(settings, [trainRows.hash, validationRows.hash]);
  const encoding = fitEncoding(trainRows.flights, featureNames);
  refuseOneSided(encoding.delayRates.prior);
  container.log(`train_rows=${trainRows.flights.length} validation_rows=${validationRows.flights.length}`);

  const boosting = new Boosting(
    { matrix: encodeTrainingFlights(trainRows.flights, encoding), labels: trainRows.flights.map(isDelayed) },
    {
      matrix: encodeFlights(validationRows.flights, encoding),
      labels: validationRows.flights.map(isDelayed),
    },
    encoding.delayRates.prior,
    settings,
  );
  const checkpoints = pathIn(container, 'checkpoints');
  const resumed = await newestCheckpoint(checkpoints, { ...settings, fingerprint }, container.log);
  if (resumed) container.log(`resumed_from_epoch=${resumed.epoch}`);
  for (const tree of resumed?.trees ?? []) boosting.add(tree);

  const metrics: EpochMetrics[] = [...(resumed?.metrics ?? [])];
  for (let epoch = metrics.length + 1; epoch <= settings.epochs; epoch++) {
    for (let tree = 0; tree < settings.treesPerEpoch; tree++) {
      boosting.growNextTree();
      // Growing is synchronous; without this pause a SIGTERM would wait for the whole epoch.
      await othersHaveRun();
    }
    metrics.push(measure(boosting, epoch));
    await saveCheckpoint(checkpoints, { fingerprint, epoch, metrics, trees: boosting.trees });
    // Told only once it is kept: an epoch that the log shows is never trained again.
    container.log(lineOf(metrics.at(-1) as EpochMetrics));
  }

  const { trees, baseScore } = boosting;
  await writeWhole(
    pathIn(container, 'model', modelFile),
    xgboostJsonOf({ baseScore, features: featureNames.length, trees }),
  );
  await writeWhole(pathIn(container, 'model', featuresFile), `${JSON.stringify(encoding)}\n`);
  await writeJson(pathIn(container, 'model', trainingFile), {
    schemaVersion: 1,
    epochs: settings.epochs,
    resumedFromEpoch: resumed?.epoch ?? null,
    trees: trees.length,
    hyperparameters: settings,
    rows: {
      train: trainRows.flights.length,
      validation: validationRows.flights.length,
      validationWithUnseenAirport: validationRows.flights.filter((flight) => !isSeen(flight, encoding))
        .length,
    },
    delayedShare: encoding.delayRates.prior,
    fingerprint,
    metrics,
  } satisfies TrainingReport);
}

interface Channel {
  readonly flights: FlownFlight[];
  readonly hash: string;
}

async function readChannel(container: Container, channel: 'train' | 'validation'): Promise<Channel> {
  const files = await readCsvFiles(pathIn(container, 'input/data', channel));
  const flights = files.flatMap(({ name, text }) => flownFlightsFromCsv(text, `${channel}/${name}`));
  if (flights.length === 0) throw new RefusedInputError(`The channel "${channel}" holds no rows.`);
  const hash = createHash('sha256');
  for (const { text } of files) hash.update(text);
  return { flights, hash: hash.digest('hex') };
}

// The number of epochs is left out: a training may be asked to go on for longer than it was first meant to.
function fingerprintOf({ epochs: _, ...settings }: Hyperparameters, hashes: readonly string[]): string {
  const parts = JSON.stringify([featureNames, settings, ...hashes]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 32);
}

function refuseOneSided(delayedShare: number): void {
  if (delayedShare > 0 && delayedShare < 1) return;
  throw new RefusedInputError(
    `${delayedShare === 0 ? 'No' : 'Every'} flight in "train" is delayed: there is nothing to tell apart.`,
  );
}

function measure(boosting: Boosting, epoch: number): EpochMetrics {
  const validation = metricsOf(boosting.validationOutcomes());
  return {
    epoch,
    trainLogLoss: metricsOf(boosting.trainOutcomes()).logLoss,
    validationLogLoss: validation.logLoss,
    validationAuc: validation.auc,
  };
}

/** What the training job's MetricDefinitions read, for example `val_auc=([0-9.]+)`. */
function lineOf({ epoch, trainLogLoss, validationLogLoss, validationAuc }: EpochMetrics): string {
  const [trained, lost, ranked] = [trainLogLoss, validationLogLoss, validationAuc].map((value) =>
    value.toFixed(6),
  );
  return `epoch=${epoch} train_logloss=${trained} val_logloss=${lost} val_auc=${ranked}`;
}
