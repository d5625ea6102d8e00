// Deliveries for a demonstration, cut from 20,000 real flights of early 2001 (the vega-datasets package).

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FlownFlight } from '../flights/flight.ts';
import { randomStream, shuffled } from '../trees/random.ts';

let read: readonly FlownFlight[] | undefined;

export function allFlights(): readonly FlownFlight[] {
  // The package exports its code only; the data lies beside it.
  const code = createRequire(import.meta.url).resolve('vega-datasets');
  read ??= JSON.parse(
    readFileSync(join(dirname(code), '..', 'data', 'flights-20k.json'), 'utf8'),
  ) as FlownFlight[];
  return read;
}

/** January and February: enough for a first release. */
export function firstFlights(): FlownFlight[] {
  return allFlights().filter(({ date }) => date < '2001/03');
}

/** March: a second delivery, from which the next model learns a little more. */
export function moreFlights(): FlownFlight[] {
  return allFlights().filter(({ date }) => date >= '2001/03');
}

const correctedShare = 0.45;

/**
 * A "corrected" delivery of a part of the flights, spoiled on its way: the delays were joined by row number
 * against a list in another order. Every row is valid, the share of delayed flights is what it always was,
 * and nothing shows until a model has learned from it. Uploaded under a later name it replaces good rows.
 * The README tells what twenty seeds of it do to a model.
 */
export function spoiledFlights(seed = 16): FlownFlight[] {
  const random = randomStream(seed, 0);
  const flights = allFlights().filter(() => random() < correctedShare);
  const delays = shuffled(
    flights.map(({ delay }) => delay),
    random,
  );
  return flights.map((flight, row) => ({ ...flight, delay: delays[row] as number }));
}
