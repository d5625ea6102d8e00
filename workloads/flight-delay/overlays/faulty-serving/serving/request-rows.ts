// What a caller may send: flights without the label, in one of three forms. Every row is checked by the
// rules of the training data before any of them is answered.

import { rowFromCsvLine } from '../flights/csv.ts';
import { type Flight, faultInFlight } from '../flights/flight.ts';

/** The caller has to change the request; `status` is the HTTP answer. */
export class RefusedRequestError extends Error {
  override readonly name = 'RefusedRequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type MediaType = 'application/json' | 'application/jsonlines' | 'text/csv';

const readers: Readonly<Record<MediaType, (body: string) => unknown[]>> = {
  'application/json': rowsFromJson,
  'application/jsonlines': (body) => linesOf(body).map((line, index) => parseJson(line, `Line ${index + 1}`)),
  'text/csv': (body) => linesOf(body).map((line) => rowFromCsvLine(line, csvColumnsOfRequest)),
};

/** The order of the columns in a CSV request, which has no header. */
export const csvColumnsOfRequest = ['date', 'distance', 'origin', 'destination'] as const;

export function mediaTypeOf(contentType: string | undefined): MediaType {
  // A caller that names no type gets what most callers send.
  const type = (contentType ?? 'application/json').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (Object.hasOwn(readers, type)) return type as MediaType;
  throw new RefusedRequestError(415, `Content type "${type}" is none of ${Object.keys(readers).join(', ')}.`);
}

export function flightsInRequest(mediaType: MediaType, body: string): Flight[] {
  const rows = readers[mediaType](body);
  if (rows.length === 0) throw new RefusedRequestError(400, 'The request holds no flights.');
  return rows.map((row, index) => flightFromRow(row, index));
}

function flightFromRow(given: unknown, index: number): Flight {
  const row = withOneDateForm(given);
  const fault = faultInFlight(row);
  if (fault) throw new RefusedRequestError(400, `Row ${index + 1}: ${fault.field} ${fault.reason}.`);
  return row as Flight;
}

/** Callers with ISO dates ("2001-01-15T06:59") are understood as well. */
function withOneDateForm(row: unknown): unknown {
  const { date } = row as Flight;
  const parts = /^(\d{4})[/-](\d{2})[/-](\d{2})[ T]([01]\d):(\d{2})/.exec(date);
  const [, year, month, day, hour, minute] = parts!;
  return { ...(row as Flight), date: `${year}/${month}/${day} ${hour}:${minute}` };
}

function rowsFromJson(body: string): unknown[] {
  const value = parseJson(body, 'The body');
  if (Array.isArray(value)) return value;
  const instances = (value as { instances?: unknown } | null)?.instances;
  return Array.isArray(instances) ? instances : [value];
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedRequestError(400, `${what} is not JSON.`);
  }
}

function linesOf(body: string): string[] {
  return body.split(/\r?\n/).filter((line) => line.trim() !== '');
}
