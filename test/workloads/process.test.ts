import { flownFlightsFromCsv } from '../../workloads/flight-delay/flights/csv.ts';
import { processFlights, processOptionsFromEnvironment } from '../../workloads/flight-delay/process.ts';
import { firstFlights } from '../../workloads/flight-delay/sample/sample-data.ts';
import { openContainer, removeContainers } from './support/workload.ts';

const tolerant = { toleratedBadShare: 0.05 };
const flights = firstFlights().slice(0, 400);

afterAll(removeContainers);

test('splits a delivery of several files and forms', async () => {
  const { container, read, readJson } = await openContainer({
    'processing/input/raw/01/flights.json': JSON.stringify(flights.slice(0, 200)),
    'processing/input/raw/02.jsonl': flights
      .slice(200)
      .map((flight) => JSON.stringify(flight))
      .join('\n'),
    'processing/input/raw/03.csv': 'origin,destination,date,distance,delay\nJFK,LAX,2001/01/20 08:00,2475,\n',
    'processing/input/raw/_SUCCESS': '',
  });

  await processFlights(container, tolerant);

  const shares = ['train', 'validation', 'test'];
  const texts = await Promise.all(shares.map((share) => read(`processing/output/${share}/flights.csv`)));
  expect(texts.flatMap((text) => flownFlightsFromCsv(text, 'flights.csv'))).toHaveLength(400);
  expect(await readJson('processing/output/report/processing.json')).toMatchObject({
    rows: 401,
    bad: 1,
    flights: 400,
    firstDate: '2001/01/01 00:47',
    files: [{ name: '01/flights.json', rows: 200 }, { name: '02.jsonl' }, { name: '03.csv', bad: 1 }],
    passedOver: ['_SUCCESS'],
  });
  expect(await read('output/message')).toBe('400 flights from 3 files, 1 bad rows dropped');
});

test('refuses a delivery with too many bad rows and says which', async () => {
  const rows = [
    ...flights.slice(0, 90),
    ...flights.slice(90, 100).map((flight) => ({ ...flight, delay: 'late' })),
  ];
  const { container } = await openContainer({ 'processing/input/raw/a.json': JSON.stringify(rows) });

  await expect(processFlights(container, tolerant)).rejects.toThrow(
    '10 of 100 rows are bad, more than the tolerated share of 0.05: delay must be a number from -1440 to 2880 (10).',
  );
});

test.each([
  ['holds nothing', 'The delivery holds no flights.', {}],
  ['is an empty list', 'The delivery holds no flights.', { 'processing/input/raw/a.json': '[]' }],
  ['was cut off', 'a.json cannot be read', { 'processing/input/raw/a.json': '[{"date":' }],
  ['is not a list', 'a.json must hold a JSON array', { 'processing/input/raw/a.json': '{"flights":[]}' }],
])('refuses a delivery that %s', async (_what, message, files) => {
  const { container } = await openContainer(files as Record<string, string>);

  await expect(processFlights(container, tolerant)).rejects.toThrow(message);
});

test('refuses a tolerance that is no share', () => {
  expect(() => processOptionsFromEnvironment({ TOLERATED_BAD_SHARE: '5%' })).toThrow('got "5%"');
});
