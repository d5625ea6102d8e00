// A compiled model beside the one that it was compiled from: does it answer the same, and how much faster?

import type { Flight } from '../flights/flight.ts';
import { type FlightModel, predict } from '../model/flight-model.ts';

export interface Comparison {
  /** The largest difference between two answers to the same flight; 0 when all are equal to the bit. */
  readonly predictionDifference: number;
  /** How many times as many flights the model answers in the same time. */
  readonly speedUp: number;
  /** Median microseconds for one flight, from its fields to its probability. */
  readonly microseconds: number;
  readonly uncompiledMicroseconds: number;
}

/** Before anything is measured: the engine's optimiser needs some. */
const warmRounds = 5;
const rounds = 11;
/** Enough for a round to be far longer than the clock's resolution, few enough to be done in half a second. */
const mostFlights = 1000;

export function compare(model: FlightModel, uncompiled: FlightModel, flights: readonly Flight[]): Comparison {
  const answers = predict(model, flights);
  const others = predict(uncompiled, flights);
  const timed = flights.slice(0, mostFlights);
  // One flight at a time, as requests bring them; both in turn, so that a busy moment meets both.
  const times = Array.from({ length: warmRounds + rounds }, () => [
    secondsFor(model, timed),
    secondsFor(uncompiled, timed),
  ]).slice(warmRounds);
  const own = median(times.map(([seconds]) => seconds as number));
  const other = median(times.map(([, seconds]) => seconds as number));
  const perFlight = (seconds: number) => (seconds / timed.length) * 1e6;
  return {
    predictionDifference: answers.reduce(
      (most, answer, row) => Math.max(most, Math.abs(answer - (others[row] as number))),
      0,
    ),
    speedUp: other / own,
    microseconds: perFlight(own),
    uncompiledMicroseconds: perFlight(other),
  };
}

function secondsFor(model: FlightModel, flights: readonly Flight[]): number {
  const startedAt = performance.now();
  for (const flight of flights) predict(model, [flight]);
  return (performance.now() - startedAt) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] as number;
}
