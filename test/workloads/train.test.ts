import { readdir, rm, writeFile } from 'node:fs/promises';
import { parseHyperparameters } from '../../workloads/flight-delay/model/hyperparameters.ts';
import { train } from '../../workloads/flight-delay/train.ts';
import { openContainer, quickSettings, removeContainers, trainingFiles } from './support/workload.ts';

afterAll(removeContainers);

const modelFile = 'model/flight-delay.model';
const settingsFile = 'input/config/hyperparameters.json';

async function openTrained(settings: Record<string, string> = quickSettings) {
  const job = await openContainer(trainingFiles(settings));
  await train(job.container);
  return job;
}

test('tells every epoch in a form that metric definitions can read', async () => {
  const { lines } = await openTrained();

  const epochs = lines.filter((line) => line.startsWith('epoch='));
  expect(epochs).toHaveLength(4);
  expect(epochs[3]).toMatch(/^epoch=4 train_logloss=0\.\d{6} val_logloss=0\.\d{6} val_auc=0\.\d{6}$/);
});

test('keeps the newest two checkpoints', async () => {
  const { at } = await openTrained();

  expect(await readdir(at('checkpoints'))).toEqual(['epoch-0003.json', 'epoch-0004.json']);
});

test('ends in the same model whether it was interrupted or not', async () => {
  const whole = await openTrained();
  const interrupted = await openTrained({ ...quickSettings, epochs: '2' });

  await interrupted.write(settingsFile, JSON.stringify(quickSettings));
  await train(interrupted.container);

  expect(interrupted.lines).toContain('resumed_from_epoch=2');
  expect(await interrupted.read(modelFile)).toBe(await whole.read(modelFile));
  expect(await interrupted.readJson('model/training.json')).toEqual({
    ...(await whole.readJson('model/training.json')),
    resumedFromEpoch: 2,
  });
});

test('falls back to the older checkpoint when the newer one was half copied', async () => {
  const job = await openTrained();
  const model = await job.read(modelFile);
  const newest = await job.read('checkpoints/epoch-0004.json');
  await writeFile(job.at('checkpoints/epoch-0004.json'), newest.slice(0, 5000));

  await train(job.container);

  expect(job.lines).toContain('checkpoint epoch-0004.json skipped: it cannot be read');
  expect(job.lines).toContain('resumed_from_epoch=3');
  expect(await job.read(modelFile)).toBe(model);
});

test('does not continue what was begun with another setting, nor keeps it', async () => {
  const job = await openTrained();
  await job.write(settingsFile, JSON.stringify({ ...quickSettings, epochs: '1', learningRate: '0.2' }));

  await train(job.container);

  expect(job.lines).toContain(
    'checkpoint epoch-0004.json skipped: it comes from other data or hyperparameters',
  );
  expect(await job.readJson('model/training.json')).toMatchObject({ epochs: 1, resumedFromEpoch: null });
  expect(await readdir(job.at('checkpoints'))).toEqual(['epoch-0001.json']);
});

test('another seed makes another model, the same seed the same', async () => {
  const [one, again, other] = await Promise.all([
    openTrained(),
    openTrained(),
    openTrained({ ...quickSettings, seed: '8' }),
  ]);

  expect(await again.read(modelFile)).toBe(await one.read(modelFile));
  expect(await other.read(modelFile)).not.toBe(await one.read(modelFile));
});

test('ends in a usable model without any penalty or least weight', async () => {
  const { lines } = await openTrained({ ...quickSettings, maxDepth: '9', lambda: '0', minChildWeight: '0' });

  expect(lines.at(-1)).toMatch(/^epoch=4 train_logloss=0\.\d{6} val_logloss=\d+\.\d{6} val_auc=0\.\d{6}$/);
});

test('an airport that no training row has is counted and answered from the prior', async () => {
  const job = await openContainer(trainingFiles());
  const validation = await job.read('input/data/validation/flights.csv');
  await job.write('input/data/validation/flights.csv', `${validation}2001/01/02 09:00,3,500,XQX,ORD\n`);
  await train(job.container);

  const { rows } = await job.readJson('model/training.json');
  const { origins } = await job.readJson('model/features.json');
  expect(rows.validationWithUnseenAirport).toBeGreaterThan(0);
  expect(origins).not.toHaveProperty('XQX');
});

test('an empty channel is named', async () => {
  const job = await openContainer(trainingFiles());
  await rm(job.at('input/data/validation'), { recursive: true });

  await expect(train(job.container)).rejects.toThrow('The channel "validation" holds no rows.');
});

describe('hyperparameters', () => {
  test('have defaults', () => {
    expect(parseHyperparameters({})).toMatchObject({ epochs: 12, learningRate: 0.05 });
  });

  test.each([
    ['Hyperparameter "epoch" is unknown. The known ones are epochs,', { epoch: '3' }],
    ['"epochs" must be a whole number from 1 to 1000, as a string; got "2.5".', { epochs: '2.5' }],
    ['"epochs" must be a whole number from 1 to 1000, as a string; got "".', { epochs: '' }],
    ['"learningRate" must be a number from 0.0001 to 1, as a string; got "fast".', { learningRate: 'fast' }],
    ['"maxDepth" must be a whole number from 1 to 12, as a string; got 5.', { maxDepth: 5 }],
  ])('that are wrong are named: %s', (message, given) => {
    expect(() => parseHyperparameters(given)).toThrow(message);
  });

  test('of tuning jobs and the SDK are left alone', () => {
    expect(() =>
      parseHyperparameters({ _tuning_objective_metric: 'auc', sagemaker_region: 'x' }),
    ).not.toThrow();
  });
});
