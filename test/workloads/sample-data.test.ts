import {
  faultInFlight,
  faultInFlownFlight,
  identityOf,
  isDelayed,
} from '../../workloads/flight-delay/flights/flight.ts';
import { requestsLike } from '../../workloads/flight-delay/sample/requests.ts';
import {
  firstFlights,
  moreFlights,
  spoiledFlights,
} from '../../workloads/flight-delay/sample/sample-data.ts';
import { flightsInRequest, mediaTypeOf } from '../../workloads/flight-delay/serving/request-rows.ts';
import { firstOf } from './support/workload.ts';

test('the deliveries hold the flights they always held', () => {
  expect([firstFlights().length, moreFlights().length, spoiledFlights().length]).toEqual([12901, 7099, 9030]);
});

test('the spoiled delivery looks right and has other delays', () => {
  const spoiled = spoiledFlights();
  const truth = new Map([...firstFlights(), ...moreFlights()].map((flight) => [identityOf(flight), flight]));
  const share = spoiled.filter(isDelayed).length / spoiled.length;

  expect(spoiled.filter(faultInFlownFlight)).toEqual([]);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.24);
  expect(
    spoiled.filter((flight) => truth.get(identityOf(flight))?.delay === flight.delay).length / spoiled.length,
  ).toBeLessThan(0.05);
});

test('requests are valid, of every form, and repeatable by seed', () => {
  const requests = firstOf(200, requestsLike(5));

  const flights = requests.flatMap(({ contentType, body }) =>
    flightsInRequest(mediaTypeOf(contentType), body),
  );
  expect(flights.filter(faultInFlight)).toEqual([]);
  expect(new Set(requests.map(({ contentType }) => contentType)).size).toBe(3);
  expect(firstOf(200, requestsLike(5))).toEqual(requests);
});
