// The expected numbers were computed by XGBoost itself (see fixtures/xgboost-agreement/README.md).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { encodeFlights } from '../../workloads/flight-delay/model/features.ts';
import { loadFlightModel, predict } from '../../workloads/flight-delay/model/flight-model.ts';
import { filesInDirectory } from '../../workloads/flight-delay/model/model-files.ts';
import {
  floatText,
  modelFromXgboostJson,
  xgboostJsonOf,
} from '../../workloads/flight-delay/model/xgboost-json.ts';

const fixtures = fileURLToPath(new URL('./fixtures/xgboost-agreement', import.meta.url));
const fixtureFiles = await filesInDirectory(fixtures);
const readFixture = (name: string) => readFile(join(fixtures, name), 'utf8');

test('predicts what XGBoost predicts from the same file', async () => {
  const model = await loadFlightModel(fixtureFiles);
  const { flights } = JSON.parse(await readFixture('flights.json'));
  const { probabilities } = JSON.parse(await readFixture('predictions.json'));

  const ours = predict(model, flights);

  const differences = ours.map((probability, row) => Math.abs(probability - probabilities[row]));
  expect(ours).toHaveLength(200);
  expect(Math.max(...differences)).toBeLessThan(1e-6);
});

test('turns flights into the numbers that XGBoost was given', async () => {
  const { encoding } = await loadFlightModel(fixtureFiles);
  const { flights, features } = JSON.parse(await readFixture('flights.json'));

  expect([...encodeFlights(flights, encoding).values]).toEqual(features.flat().map(Math.fround));
});

test('writes the file it has read', async () => {
  const text = await readFixture('flight-delay.model');

  expect(xgboostJsonOf(modelFromXgboostJson(text))).toBe(text);
});

test('a written float looks like a float and is read back as itself', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(floatText(value)).toMatch(/^-?\d\.\d+e[+-]\d+$/);
      expect(Math.fround(Number(floatText(value)))).toBe(value + 0);
    }),
  );
});
