// One row of the data, what makes it valid, and what we predict about it. Processing and serving share
// these rules, so a flight that could be learned from can also be asked about, and no other.

export interface Flight {
  /** `2001/01/15 06:59`, the departure in the origin's local time. */
  readonly date: string;
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

export interface FlownFlight extends Flight {
  /** Minutes late on arrival; negative when early. */
  readonly delay: number;
}

export interface Fault {
  readonly field: string;
  readonly reason: string;
}

export const delayedOverMinutes = 15;

export function isDelayed(flight: FlownFlight): boolean {
  return flight.delay > delayedOverMinutes;
}

/** The label is no part of it: a corrected delivery of a flight is still the same flight. */
export function identityOf(flight: Flight): string {
  return `${flight.date} ${flight.origin} ${flight.destination}`;
}

export function faultInFlight(row: unknown): Fault | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return { field: '(row)', reason: 'is not an object' };
  }
  const { date, distance, origin, destination } = row as Record<string, unknown>;
  return (
    faultInDate(date) ??
    faultInNumber('distance', distance, 1, 12_000) ??
    faultInAirport('origin', origin) ??
    faultInAirport('destination', destination)
  );
}

export function faultInFlownFlight(row: unknown): Fault | undefined {
  // Up to a day early and two days late: wide enough for any real flight, too narrow for seconds or epochs.
  return faultInFlight(row) ?? faultInNumber('delay', (row as Record<string, unknown>).delay, -1440, 2880);
}

const datePattern = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2})$/;

function faultInDate(value: unknown): Fault | undefined {
  const reason = 'must be a date and time such as "2001/01/15 06:59"';
  const match = typeof value === 'string' ? datePattern.exec(value) : null;
  if (!match) return { field: 'date', reason };
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  // Date.UTC rolls 31 February over into March; a date that comes back changed never existed.
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const exists =
    moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && hour < 24 && minute < 60;
  return exists ? undefined : { field: 'date', reason };
}

function faultInNumber(field: string, value: unknown, least: number, most: number): Fault | undefined {
  const fits = typeof value === 'number' && value >= least && value <= most;
  return fits ? undefined : { field, reason: `must be a number from ${least} to ${most}` };
}

function faultInAirport(field: string, value: unknown): Fault | undefined {
  const fits = typeof value === 'string' && /^[A-Z]{3}$/.test(value);
  return fits ? undefined : { field, reason: 'must be an airport code of three capital letters' };
}
