import fc from 'fast-check';
import { cleanFlights } from '../../workloads/flight-delay/flights/clean.ts';
import { csvOf, flownFlightsFromCsv } from '../../workloads/flight-delay/flights/csv.ts';
import { type FlownFlight, faultInFlownFlight } from '../../workloads/flight-delay/flights/flight.ts';
import { shareOf } from '../../workloads/flight-delay/flights/split.ts';
import { firstFlights, moreFlights } from '../../workloads/flight-delay/sample/sample-data.ts';

const flight: FlownFlight = {
  date: '2001/01/15 06:59',
  delay: -4,
  distance: 867,
  origin: 'ORD',
  destination: 'DFW',
};

describe('a flight', () => {
  test.each([
    ['date must be', { date: '2001/02/30 06:59' }],
    ['date must be', { date: '2001/01/15 24:00' }],
    ['date must be', { date: '2001-01-15T06:59' }],
    ['delay must be', { delay: null }],
    ['delay must be', { delay: Number.NaN }],
    ['distance must be', { distance: '867' }],
    ['origin must be', { origin: 'Chicago' }],
    ['destination must be', { destination: undefined }],
  ])('with a bad field is named: %s %j', (expected, change) => {
    const fault = faultInFlownFlight({ ...flight, ...change });

    expect(`${fault?.field} ${fault?.reason}`).toMatch(expected);
  });

  test.each([null, 7, 'text', [flight]])('is an object and not %j', (row) => {
    expect(faultInFlownFlight(row)?.reason).toBe('is not an object');
  });

  test('of the sample data is always valid', () => {
    expect([...firstFlights(), ...moreFlights()].filter(faultInFlownFlight)).toEqual([]);
  });

  test('survives being written as CSV', () => {
    const flights = firstFlights().slice(0, 500);

    expect(flownFlightsFromCsv(csvOf(flights), 'flights.csv')).toEqual(flights);
  });
});

describe('the split', () => {
  test('puts a flight where it has always put it', () => {
    const letters = { train: 't', validation: 'v', test: 'T' };
    const shares = firstFlights()
      .slice(0, 40)
      .map((each) => letters[shareOf(each)]);

    // What the letters are does not matter, only that no version of the code changes them.
    expect(shares.join('')).toBe('vttvvttvtvvTtTttvtttTTttttvttTTttTtTtttt');
  });

  test('does not look at the label', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (delay, distance) => {
        expect(shareOf({ ...flight, delay, distance } as FlownFlight)).toBe(shareOf(flight));
      }),
    );
  });

  test('gives 70, 10 and 20 percent', () => {
    const counts = { train: 0, validation: 0, test: 0 };
    const flights = firstFlights();
    for (const each of flights) counts[shareOf(each)]++;

    expect(counts.train / flights.length).toBeCloseTo(0.7, 1);
    expect(counts.validation / flights.length).toBeCloseTo(0.1, 1);
    expect(counts.test / flights.length).toBeCloseTo(0.2, 1);
  });
});

describe('cleaning', () => {
  test('lets the file with the later name win', () => {
    const clean = cleanFlights([
      { name: '01.json', rows: [flight, { ...flight, origin: 'JFK' }] },
      { name: '02-corrected.json', rows: [{ ...flight, delay: 40 }] },
    ]);

    expect(clean.flights.map(({ origin, delay }) => [origin, delay])).toEqual([
      ['JFK', -4],
      ['ORD', 40],
    ]);
    expect(clean.files[1]).toEqual({
      name: '02-corrected.json',
      rows: 1,
      bad: 0,
      repeated: 0,
      corrected: 1,
    });
  });

  test('counts bad and repeated rows with their reasons', () => {
    const rows = [flight, { ...flight, delay: 5 }, { ...flight, delay: 'x' }, { ...flight, delay: null }, 3];
    const clean = cleanFlights([{ name: 'a.json', rows }]);

    expect(clean).toMatchObject({ rows: 5, bad: 3, files: [{ repeated: 1 }] });
    expect(clean.reasons).toEqual([
      { reason: 'delay must be a number from -1440 to 2880', rows: 2 },
      { reason: '(row) is not an object', rows: 1 },
    ]);
  });

  test('makes the same rows of the same flights in any order', () => {
    const flights = firstFlights().slice(0, 200);
    const one = cleanFlights([{ name: 'a.json', rows: flights }]);
    const other = cleanFlights([
      { name: 'a.json', rows: flights.slice(100) },
      { name: 'b.json', rows: flights.slice(0, 100).toReversed() },
    ]);

    expect(other.flights).toEqual(one.flights);
  });
});
