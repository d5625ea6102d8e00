// The one table format between processing, training and evaluation. No field can hold a comma or a quote
// (see the rules for a flight), so the format needs no quoting.

import { RefusedInputError } from '../container.ts';
import { type FlownFlight, faultInFlownFlight } from './flight.ts';

export const csvColumns = ['date', 'delay', 'distance', 'origin', 'destination'] as const;
const numericColumns: ReadonlySet<string> = new Set(['delay', 'distance']);

export function csvOf(flights: readonly FlownFlight[]): string {
  const lines = flights.map((flight) => csvColumns.map((column) => flight[column]).join(','));
  return `${[csvColumns.join(','), ...lines].join('\n')}\n`;
}

/** Raw rows in whatever column order the header names; what is wrong with them is for the caller to judge. */
export function rowsFromCsv(text: string): Record<string, unknown>[] {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const columns = (header ?? '').split(',').map((column) => column.trim());
  return lines.map((line) => rowFromCsvLine(line, columns));
}

export function rowFromCsvLine(line: string, columns: readonly string[]): Record<string, unknown> {
  const values = line.split(',').map((value) => value.trim());
  return Object.fromEntries(columns.map((column, index) => [column, typed(column, values[index] ?? '')]));
}

/** Rows that processing wrote: they were valid then, so a bad one means this is some other table. */
export function flownFlightsFromCsv(text: string, name: string): FlownFlight[] {
  return rowsFromCsv(text).map((row, index) => {
    const fault = faultInFlownFlight(row);
    if (fault) throw new RefusedInputError(`${name}, row ${index + 1}: ${fault.field} ${fault.reason}`);
    return row as unknown as FlownFlight;
  });
}

function typed(column: string, value: string): unknown {
  return numericColumns.has(column) && value !== '' ? Number(value) : value;
}
