// From a flight to the numbers that the trees see.

import type { Flight, FlownFlight } from '../flights/flight.ts';
import type { Matrix } from '../trees/bins.ts';
import { arrivalHourOf, type Encoding, fitDelayRates, hourOf, trafficAt } from './encoding.ts';

const millisecondsPerDay = 86_400_000;

/** In the order of the trees' feature indices; a model remembers the names it was trained with. */
const features: Readonly<Record<string, (flight: Flight, encoding: Encoding) => number>> = {
  hour: hourOf,
  weekday: (flight) => dayOf(flight).getUTCDay(),
  dayOfYear: (flight) => {
    const day = dayOf(flight);
    return (day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / millisecondsPerDay + 1;
  },
  distance: (flight) => flight.distance,
  arrivalHour: arrivalHourOf,
  originDelayRate: ({ origin }, { delayRates }) => delayRates.byOrigin[origin] ?? delayRates.prior,
  destinationDelayRate: ({ destination }, { delayRates }) =>
    delayRates.byDestination[destination] ?? delayRates.prior,
  originShare: ({ origin }, { origins, flights }) => trafficAt(origins, origin).flights / flights,
  destinationShare: ({ destination }, { destinations, flights }) =>
    trafficAt(destinations, destination).flights / flights,
  originHourShare: (flight, { origins, flights }) =>
    (trafficAt(origins, flight.origin).byHour[Math.floor(hourOf(flight))] ?? 0) / flights,
  destinationHourShare: (flight, { destinations, flights }) =>
    (trafficAt(destinations, flight.destination).byHour[Math.floor(arrivalHourOf(flight))] ?? 0) / flights,
};

export const featureNames = Object.keys(features);
const readers = Object.values(features);

export function encodeFlights(flights: readonly Flight[], encoding: Encoding): Matrix {
  return matrixOf(flights, () => encoding);
}

const folds = 5;

/**
 * A training row must not see its own label in its airport's delay rate, or the trees would trust the rate
 * more than it deserves. So each fifth of the rows gets the rates of the other four fifths. (Leaving out
 * just the row itself is worse than nothing: the tiny difference it makes gives the label away.)
 */
export function encodeTrainingFlights(flights: readonly FlownFlight[], encoding: Encoding): Matrix {
  const byFold = Array.from({ length: folds }, (_, fold) => {
    const others = flights.filter((_flight, row) => row % folds !== fold);
    return { ...encoding, delayRates: fitDelayRates(others) };
  });
  return matrixOf(flights, (row) => byFold[row % folds] as Encoding);
}

function matrixOf(flights: readonly Flight[], encodingOf: (row: number) => Encoding): Matrix {
  const columns = readers.length;
  // Float32 from the start: training, serving and XGBoost all compare the same numbers.
  const values = new Float32Array(flights.length * columns);
  flights.forEach((flight, row) => {
    const encoding = encodingOf(row);
    readers.forEach((read, column) => {
      values[row * columns + column] = read(flight, encoding);
    });
  });
  return { rows: flights.length, columns, values };
}

/** Midnight of the departure's date; UTC only so that no machine's own time zone has a say. */
function dayOf(flight: Flight): Date {
  return new Date(`${flight.date.slice(0, 10).replaceAll('/', '-')}T00:00:00Z`);
}
