// Requests as a booking site might send them: real flights without their label, mostly one at a time, some
// as a list of connections, some from an older caller that speaks CSV or JSON lines.

import type { Flight } from '../flights/flight.ts';
import { csvColumnsOfRequest } from '../serving/request-rows.ts';
import { randomStream } from '../trees/random.ts';
import { allFlights } from './sample-data.ts';

export interface InvocationRequest {
  readonly contentType: string;
  readonly body: string;
}

/** Endless; the same seed sends the same requests. */
export function* requestsLike(seed: number): Generator<InvocationRequest, never> {
  const random = randomStream(seed, 0);
  const flights = allFlights();
  const oneFlight = (): Flight => {
    const flight = flights[Math.floor(random() * flights.length)] as Flight;
    const { date, distance, origin, destination } = flight;
    return { date, distance, origin, destination };
  };
  while (true) {
    const form = random();
    if (form < 0.6) {
      yield { contentType: 'application/json', body: JSON.stringify(oneFlight()) };
    } else {
      const instances = Array.from({ length: 2 + Math.floor(random() * 3) }, oneFlight);
      yield listRequest(instances, form);
    }
  }
}

function listRequest(flights: readonly Flight[], form: number): InvocationRequest {
  if (form < 0.8) return { contentType: 'application/json', body: JSON.stringify({ instances: flights }) };
  if (form < 0.9) {
    return {
      contentType: 'application/jsonlines',
      body: flights.map((flight) => JSON.stringify(flight)).join('\n'),
    };
  }
  const lines = flights.map((flight) => csvColumnsOfRequest.map((column) => flight[column]).join(','));
  return { contentType: 'text/csv', body: lines.join('\n') };
}
