// process: from a raw delivery to train, validation and test rows. Raw rows, not features: what a feature
// is may differ between two releases, while the rows they are compared on must not.

import {
  type Container,
  pathIn,
  RefusedInputError,
  tellSageMaker,
  writeJson,
  writeWhole,
} from './container.ts';
import { type CleanFlights, cleanFlights } from './flights/clean.ts';
import { csvOf } from './flights/csv.ts';
import { type FlownFlight, isDelayed } from './flights/flight.ts';
import { readRawFiles } from './flights/read-files.ts';
import { type Share, shareOf, shares } from './flights/split.ts';

export interface ProcessOptions {
  /** Share of bad rows above which the delivery as a whole is not believed. */
  readonly toleratedBadShare: number;
}

export function processOptionsFromEnvironment(environment: NodeJS.ProcessEnv = process.env): ProcessOptions {
  const given = environment.TOLERATED_BAD_SHARE ?? '0.05';
  const toleratedBadShare = given.trim() === '' ? Number.NaN : Number(given);
  if (toleratedBadShare >= 0 && toleratedBadShare <= 1) return { toleratedBadShare };
  throw new RefusedInputError(`TOLERATED_BAD_SHARE must be a number from 0 to 1; got "${given}".`);
}

export async function processFlights(container: Container, options: ProcessOptions): Promise<void> {
  const { files, passedOver } = await readRawFiles(pathIn(container, 'processing/input/raw'));
  const clean = cleanFlights(files);
  refuseSpoiled(clean, options);

  const byShare: Record<Share, FlownFlight[]> = { train: [], validation: [], test: [] };
  for (const flight of clean.flights) byShare[shareOf(flight)].push(flight);
  for (const share of shares) {
    if (byShare[share].length === 0) throw new RefusedInputError(`No flight fell into the ${share} share.`);
  }
  for (const share of shares) {
    await writeWhole(pathIn(container, 'processing/output', share, 'flights.csv'), csvOf(byShare[share]));
  }
  await writeJson(pathIn(container, 'processing/output/report/processing.json'), {
    schemaVersion: 1,
    rows: clean.rows,
    bad: clean.bad,
    badReasons: clean.reasons,
    flights: clean.flights.length,
    // Flights are sorted by identity, which begins with the date.
    firstDate: clean.flights[0]?.date,
    lastDate: clean.flights.at(-1)?.date,
    delayedShare: delayedShare(clean.flights),
    shares: Object.fromEntries(
      shares.map((share) => [
        share,
        { flights: byShare[share].length, delayedShare: delayedShare(byShare[share]) },
      ]),
    ),
    files: clean.files,
    passedOver,
  });
  const said = `${clean.flights.length} flights from ${files.length} files, ${clean.bad} bad rows dropped`;
  container.log(said);
  await tellSageMaker(container, 'message', said);
}

function refuseSpoiled(clean: CleanFlights, { toleratedBadShare }: ProcessOptions): void {
  const reasons = clean.reasons.map(({ reason, rows }) => `${reason} (${rows})`).join('; ');
  if (clean.bad > toleratedBadShare * clean.rows) {
    throw new RefusedInputError(
      `${clean.bad} of ${clean.rows} rows are bad, more than the tolerated share of ${toleratedBadShare}: ${reasons}.`,
    );
  }
  if (clean.flights.length === 0) throw new RefusedInputError('The delivery holds no flights.');
}

function delayedShare(flights: readonly FlownFlight[]): number {
  return Number((flights.filter(isDelayed).length / flights.length).toFixed(6));
}
