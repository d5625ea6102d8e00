// From raw rows to flights: bad rows are counted and dropped, and of several rows for one flight the last
// one stays. Files count in the order of their names, so a corrected delivery only needs a later name.

import { type Fault, type FlownFlight, faultInFlownFlight, identityOf } from './flight.ts';
import type { RawFile } from './read-files.ts';

export interface FileCounts {
  readonly name: string;
  readonly rows: number;
  readonly bad: number;
  /** Rows that a later row of the same file replaced. */
  readonly repeated: number;
  /** Rows of earlier files that this file replaced. */
  readonly corrected: number;
}

export interface CleanFlights {
  /** In the order of their identities: the same flights make the same output, however they arrived. */
  readonly flights: FlownFlight[];
  readonly rows: number;
  readonly bad: number;
  /** How often each reason was given, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly rows: number }[];
  readonly files: readonly FileCounts[];
}

export function cleanFlights(files: readonly RawFile[]): CleanFlights {
  const kept = new Map<string, FlownFlight>();
  const reasons = new Map<string, number>();
  const counts = files.map((file) => {
    const ofFile = new Map<string, FlownFlight>();
    let bad = 0;
    for (const row of file.rows) {
      const fault = faultInFlownFlight(row);
      if (fault) {
        bad++;
        count(reasons, fault);
      } else {
        const flight = onlyKnownFields(row as FlownFlight);
        ofFile.set(identityOf(flight), flight);
      }
    }
    const corrected = [...ofFile.keys()].filter((identity) => kept.has(identity)).length;
    for (const [identity, flight] of ofFile) kept.set(identity, flight);
    const repeated = file.rows.length - bad - ofFile.size;
    return { name: file.name, rows: file.rows.length, bad, repeated, corrected };
  });
  const sorted = [...kept].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    flights: sorted.map(([, flight]) => flight),
    rows: counts.reduce((sum, file) => sum + file.rows, 0),
    bad: counts.reduce((sum, file) => sum + file.bad, 0),
    reasons: [...reasons]
      .map(([reason, rows]) => ({ reason, rows }))
      .toSorted((one, other) => other.rows - one.rows),
    files: counts,
  };
}

function count(reasons: Map<string, number>, fault: Fault): void {
  const reason = `${fault.field} ${fault.reason}`;
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}

function onlyKnownFields({ date, delay, distance, origin, destination }: FlownFlight): FlownFlight {
  return { date, delay, distance, origin, destination };
}
