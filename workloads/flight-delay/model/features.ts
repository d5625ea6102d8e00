// From a flight to the numbers that the trees see. What is learned here (how busy and how late an airport
// is) comes from training rows alone and travels with the model as features.json.

import { type Flight, type FlownFlight, isDelayed } from '../flights/flight.ts';
import type { Matrix } from '../trees/bins.ts';

export const featureNames = [
  'hour',
  'weekday',
  'dayOfYear',
  'distance',
  'arrivalHour',
  'originDelayRate',
  'destinationDelayRate',
  'originShare',
  'destinationShare',
  'originHourShare',
  'destinationHourShare',
] as const;

export interface Encoding {
  readonly schemaVersion: 1;
  readonly featureNames: readonly string[];
  /** Training rows behind these numbers. */
  readonly flights: number;
  /** Share of delayed flights, and the answer for an airport that nobody has seen. */
  readonly prior: number;
  readonly origins: Readonly<Record<string, AirportCounts>>;
  readonly destinations: Readonly<Record<string, AirportCounts>>;
}

export interface AirportCounts {
  readonly flights: number;
  readonly delayed: number;
  /** Flights per hour of departure, or of estimated arrival. */
  readonly byHour: readonly number[];
}

export function fitEncoding(flights: readonly FlownFlight[]): Encoding {
  const delayed = flights.filter(isDelayed).length;
  return {
    schemaVersion: 1,
    featureNames,
    flights: flights.length,
    prior: delayed / Math.max(flights.length, 1),
    origins: countAirports(flights, (flight) => flight.origin, (flight) => hourOf(flight)),
    destinations: countAirports(flights, (flight) => flight.destination, (flight) => arrivalHourOf(flight)),
  };
}

export function encodeFlights(flights: readonly Flight[], encoding: Encoding): Matrix {
  const columns = featureNames.length;
  const values = new Float32Array(flights.length * columns);
  flights.forEach((flight, row) => values.set(featuresOf(flight, encoding), row * columns));
  return { rows: flights.length, columns, values };
}

/**
 * Training rows must not see their own label in their airport's delay rate, or the trees would learn to
 * trust it more than it deserves: each row is encoded as if it had been left out of the counts.
 */
export function encodeTrainingFlights(flights: readonly FlownFlight[], encoding: Encoding): Matrix {
  const columns = featureNames.length;
  const values = new Float32Array(flights.length * columns);
  flights.forEach((flight, row) => values.set(featuresOf(flight, encoding, flight), row * columns));
  return { rows: flights.length, columns, values };
}

export function isSeen(flight: Flight, encoding: Encoding): boolean {
  return flight.origin in encoding.origins && flight.destination in encoding.destinations;
}
const unseen: AirportCounts = { flights: 0, delayed: 0, byHour: [] };

function featuresOf(flight: Flight, encoding: Encoding, leftOut?: FlownFlight): number[] {
  const origin = encoding.origins[flight.origin] ?? unseen;
  const destination = encoding.destinations[flight.destination] ?? unseen;
  const hour = hourOf(flight);
  const arrivalHour = arrivalHourOf(flight);
  const day = new Date(`${flight.date.slice(0, 10).replaceAll('/', '-')}T00:00:00Z`);
  const total = Math.max(encoding.flights, 1);
  return [
    hour,
    day.getUTCDay(),
    (day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000 + 1,
    flight.distance,
    arrivalHour,
    delayRate(origin, encoding, leftOut),
    delayRate(destination, encoding, leftOut),
    origin.flights / total,
    destination.flights / total,
    (origin.byHour[Math.floor(hour)] ?? 0) / total,
    (destination.byHour[Math.floor(arrivalHour)] ?? 0) / total,
  ];
}

// An airport with few flights is believed less: it counts as if this many average flights had been added.
const priorFlights = 50;

function delayRate(airport: AirportCounts, encoding: Encoding, leftOut?: FlownFlight): number {
  const flights = airport.flights - (leftOut ? 1 : 0);
  const delayed = airport.delayed - (leftOut && isDelayed(leftOut) ? 1 : 0);
  return (delayed + priorFlights * encoding.prior) / (flights + priorFlights);
}

function hourOf(flight: Flight): number {
  return Number(flight.date.slice(11, 13)) + Number(flight.date.slice(14, 16)) / 60;
}

// Half an hour on the ground and 450 miles per hour in the air; the time zone stays the origin's.
function arrivalHourOf(flight: Flight): number {
  return (hourOf(flight) + 0.5 + flight.distance / 450) % 24;
}

function countAirports(
  flights: readonly FlownFlight[],
  airportOf: (flight: Flight) => string,
  hourAt: (flight: Flight) => number,
): Record<string, AirportCounts> {
  const counts: Record<string, { flights: number; delayed: number; byHour: number[] }> = {};
  for (const flight of flights) {
    const airport = airportOf(flight);
    counts[airport] ??= { flights: 0, delayed: 0, byHour: Array<number>(24).fill(0) };
    const of = counts[airport];
    const hour = Math.floor(hourAt(flight));
    of.flights++;
    if (isDelayed(flight)) of.delayed++;
    of.byHour[hour] = (of.byHour[hour] ?? 0) + 1;
  }
  return counts;
}
