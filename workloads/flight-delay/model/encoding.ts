// What is learned about airports before any tree grows: how busy and how late they are. It comes from
// training rows alone and travels with the model as features.json.

import { type Flight, type FlownFlight, isDelayed } from '../flights/flight.ts';

export interface Encoding {
  readonly schemaVersion: 1;
  readonly featureNames: readonly string[];
  /** Training rows behind these numbers. */
  readonly flights: number;
  readonly origins: Readonly<Record<string, Traffic>>;
  readonly destinations: Readonly<Record<string, Traffic>>;
  readonly delayRates: DelayRates;
}

export interface Traffic {
  readonly flights: number;
  /** Flights per hour of departure, or of estimated arrival. */
  readonly byHour: readonly number[];
}

/** The part that comes from labels. */
export interface DelayRates {
  /** Share of delayed flights, and the answer for an airport that nobody has seen. */
  readonly prior: number;
  readonly byOrigin: Readonly<Record<string, number>>;
  readonly byDestination: Readonly<Record<string, number>>;
}

export function fitEncoding(flights: readonly FlownFlight[], featureNames: readonly string[]): Encoding {
  return {
    schemaVersion: 1,
    featureNames,
    flights: flights.length,
    origins: countTraffic(flights, originOf, hourOf),
    destinations: countTraffic(flights, destinationOf, arrivalHourOf),
    delayRates: fitDelayRates(flights),
  };
}

export function fitDelayRates(flights: readonly FlownFlight[]): DelayRates {
  const prior = flights.filter(isDelayed).length / flights.length;
  return {
    prior,
    byOrigin: smoothedRates(flights, originOf, prior),
    byDestination: smoothedRates(flights, destinationOf, prior),
  };
}

const noTraffic: Traffic = { flights: 0, byHour: [] };

export function trafficAt(airports: Encoding['origins'], code: string): Traffic {
  return airports[code] ?? noTraffic;
}

/** Whether the model knows both airports; if not, it answers from the prior and the rest of the flight. */
export function isSeen(flight: Flight, encoding: Encoding): boolean {
  return flight.origin in encoding.origins && flight.destination in encoding.destinations;
}

export function hourOf(flight: Flight): number {
  return Number(flight.date.slice(11, 13)) + Number(flight.date.slice(14, 16)) / 60;
}

/** Half an hour on the ground and 450 miles per hour in the air; the time zone stays the origin's. */
export function arrivalHourOf(flight: Flight): number {
  return (hourOf(flight) + 0.5 + flight.distance / 450) % 24;
}

const originOf = (flight: Flight) => flight.origin;
const destinationOf = (flight: Flight) => flight.destination;

function countTraffic(
  flights: readonly Flight[],
  airportOf: (flight: Flight) => string,
  hourAt: (flight: Flight) => number,
): Record<string, Traffic> {
  const traffic: Record<string, { flights: number; byHour: number[] }> = {};
  for (const flight of flights) {
    const airport = airportOf(flight);
    traffic[airport] ??= { flights: 0, byHour: Array<number>(24).fill(0) };
    const at = traffic[airport];
    const hour = Math.floor(hourAt(flight));
    at.flights++;
    at.byHour[hour] = (at.byHour[hour] ?? 0) + 1;
  }
  return traffic;
}

// An airport with few flights is believed less: it counts as if this many average flights had been added.
const priorFlights = 50;

function smoothedRates(
  flights: readonly FlownFlight[],
  airportOf: (flight: Flight) => string,
  prior: number,
): Record<string, number> {
  const counts: Record<string, { flights: number; delayed: number }> = {};
  for (const flight of flights) {
    const airport = airportOf(flight);
    counts[airport] ??= { flights: 0, delayed: 0 };
    counts[airport].flights++;
    if (isDelayed(flight)) counts[airport].delayed++;
  }
  const rateOf = (of: { flights: number; delayed: number }) =>
    (of.delayed + priorFlights * prior) / (of.flights + priorFlights);
  return Object.fromEntries(Object.entries(counts).map(([airport, of]) => [airport, rateOf(of)]));
}
