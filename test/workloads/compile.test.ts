import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { compile } from '../../workloads/flight-delay/compile.ts';
import { evaluate } from '../../workloads/flight-delay/evaluate.ts';
import { requestsLike } from '../../workloads/flight-delay/sample/requests.ts';
import { startServer } from '../../workloads/flight-delay/serve.ts';
import { train } from '../../workloads/flight-delay/train.ts';
import {
  archiveOf,
  archiveOfModel,
  firstOf,
  openContainer,
  quickSettings,
  removeContainers,
  trainingFiles,
} from './support/workload.ts';

const stops: (() => void)[] = [];

afterAll(async () => {
  for (const stop of stops) stop();
  await removeContainers();
});

const reports = 'processing/output/report';
const archiveInput = 'input/data/model/model.tar.gz';

async function openTrained(settings: Readonly<Record<string, string>> = quickSettings) {
  const job = await openContainer(trainingFiles(settings));
  await train(job.container);
  return { ...job, archive: await archiveOfModel(job.at) };
}

async function openCompiled(archive: Buffer) {
  const job = await openContainer({
    [archiveInput]: archive,
    'input/config/compilation.json': JSON.stringify({ InputConfig: { Framework: 'XGBOOST' } }),
  });
  await compile(job.container);
  return { ...job, archive: await archiveOfModel(job.at) };
}

async function openServing(at: { readonly container: Parameters<typeof startServer>[0] }) {
  const { server } = await startServer(at.container, { port: 0, host: '127.0.0.1' });
  stops.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('leaves the trees as numbers beside what belongs to the model', async () => {
  const trained = await openTrained();

  const compiled = await openCompiled(trained.archive);

  expect((await readdir(compiled.at('model'))).toSorted()).toEqual([
    'compilation.json',
    'features.json',
    'flight-delay.trees',
    'training.json',
  ]);
  expect(await compiled.readJson('model/compilation.json')).toMatchObject({ schemaVersion: 1, trees: 20 });
  expect(compiled.archive.length).toBeLessThan(trained.archive.length);
});

test.each([
  ['of at most 32 leaves, by masks', { ...quickSettings, maxDepth: '5' }],
  ['of more leaves, by walking them', { ...quickSettings, maxDepth: '9', minChildWeight: '0', lambda: '1' }],
])('trees %s, give equal answers on every held-out row', async (_size, settings) => {
  const trained = await openTrained(settings);
  const compiled = await openCompiled(trained.archive);
  const job = await openContainer({
    'processing/input/test/flights.csv': await trained.read('input/data/validation/flights.csv'),
    // A compiler names its archive after its target.
    'processing/input/model/model-ml_c5.tar.gz': compiled.archive,
    'processing/input/uncompiled/model.tar.gz': trained.archive,
  });

  await evaluate(job.container);

  const { metrics, model } = await job.readJson(`${reports}/metrics.json`);
  expect(metrics.predictionDifference).toBe(0);
  expect(metrics.speedUp).toBeGreaterThan(0);
  expect(model).toMatchObject({
    kind: 'compiled',
    archiveBytes: compiled.archive.length,
    uncompiledArchiveBytes: trained.archive.length,
  });
  const report = await job.readJson(`${reports}/report.json`);
  expect(report.featureImportance).toHaveLength(11);
});

test('tells a difference too small for six digits', async () => {
  const trained = await openTrained();
  const compiled = await openCompiled(trained.archive);
  const { learner, version } = await trained.readJson('model/flight-delay.model');
  const tree = learner.gradient_booster.model.trees[0];
  tree.split_conditions = tree.split_conditions.map((value: number, node: number) =>
    tree.left_children[node] === -1 ? value + 1e-6 : value,
  );
  const job = await openContainer({
    'processing/input/test/flights.csv': await trained.read('input/data/validation/flights.csv'),
    'processing/input/model/model.tar.gz': compiled.archive,
    'processing/input/uncompiled/model.tar.gz': archiveOf({
      'flight-delay.model': JSON.stringify({ learner, version }),
      'features.json': await trained.read('model/features.json'),
      'training.json': await trained.read('model/training.json'),
    }),
  });

  await evaluate(job.container);

  const { metrics } = await job.readJson(`${reports}/metrics.json`);
  expect(metrics.predictionDifference).toBeGreaterThan(1e-8);
  expect(metrics.predictionDifference).toBeLessThan(5e-7);
});

test('a compiled model is served with the same answers', async () => {
  const trained = await openTrained();
  const compiled = await openCompiled(trained.archive);
  const bases = [await openServing(trained), await openServing(compiled)];

  for (const { contentType, body } of firstOf(60, requestsLike(5))) {
    const answers = await Promise.all(
      bases.map(async (base) => {
        const headers = { 'content-type': contentType };
        const response = await fetch(`${base}/invocations`, { method: 'POST', headers, body });
        return [response.status, await response.text()];
      }),
    );
    expect(answers[0]?.[0]).toBe(200);
    expect(answers[1]).toEqual(answers[0]);
  }
});

test("what Neo's own compiler leaves is refused, and the refusal says what is missing", async () => {
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const neo = { 'compiled.so': 'ELF', 'compiled_model.json': '{}', 'compiled.params': '' };
  const serving = await openContainer({ 'model/compiled.so': 'ELF', 'model/compiled.params': '' });
  const job = await openContainer({ 'processing/input/model/model-ml_c5.tar.gz': archiveOf(neo) });

  const base = await openServing(serving);

  expect((await fetch(`${base}/ping`)).status).toBe(503);
  expect(said.mock.calls.join()).toContain('compiled by SageMaker Neo (compiled.');
  said.mockRestore();
  await expect(evaluate(job.container)).rejects.toThrow(
    /compiled by SageMaker Neo \(compiled\.\w+\): to serve it, this image would need the DLR runtime and features\.json/,
  );
});

describe('refuses', () => {
  const model = (tree: object, learner: object = {}) => ({
    'flight-delay.model': JSON.stringify({
      learner: {
        objective: { name: 'binary:logistic' },
        learner_model_param: { base_score: '2.5e-1', num_feature: '11' },
        gradient_booster: { name: 'gbtree', model: { trees: [{ ...stump, ...tree }] } },
        ...learner,
      },
    }),
    'features.json': '{}',
    'training.json': '{}',
  });
  const stump = {
    base_weights: [0, 0, 0],
    left_children: [1, -1, -1],
    right_children: [2, -1, -1],
    parents: [2147483647, 0, 0],
    split_indices: [3, 0, 0],
    split_conditions: [500, 0.5, -0.5],
    loss_changes: [1, 0, 0],
    sum_hessian: [2, 1, 1],
  };

  test.each([
    ['a tree that bites its tail', { left_children: [0, -1, -1] }, 'node 0 has two parents'],
    ['a child that is not there', { right_children: [7, -1, -1] }, 'it has no node 7'],
    ['a child that is no number', { right_children: ['2', -1, -1] }, 'it has no node 2'],
    ['a split with one child', { right_children: [-1, -1, -1] }, 'node 0 has one child'],
    ['a feature that is not there', { split_indices: [11, 0, 0] }, 'node 0 compares feature 11'],
    ['a feature that is a text', { split_indices: ['alert(1)', 0, 0] }, 'node 0 compares feature alert(1)'],
    ['a threshold that is no number', { split_conditions: [null, 1, 1].map(() => 'x') }, 'node 0 holds NaN'],
    ['a leaf beyond float32', { split_conditions: [500, 1e39, 0] }, 'node 1 holds Infinity'],
    ['lists of several lengths', { right_children: [2, -1] }, 'its lists differ in length'],
    [
      'a tree without nodes',
      { left_children: [], right_children: [], split_indices: [], split_conditions: [] },
      'its lists differ in length',
    ],
    [
      'nodes that belong to nobody',
      { left_children: [-1, -1, -1], right_children: [-1, -1, -1] },
      '2 of its nodes belong to nobody',
    ],
  ])('%s', async (_what, tree, message) => {
    await expect(openCompiled(archiveOf(model(tree)))).rejects.toThrow(
      `Tree 1 of the model cannot be compiled: ${message}.`,
    );
  });

  test.each([
    ['an empty input', undefined, 'There is no model.tar.gz in the input "model".'],
    ['something else', Buffer.from('x'), 'is no gzip file'],
    [
      'two models',
      archiveOf({ 'a.model': '{}', 'b.model': '{}' }),
      'has 2 files that end in .model; it must have exactly one',
    ],
    [
      'another objective',
      archiveOf(model({}, { objective: { name: 'multi:softmax' } })),
      'no XGBoost tree model for binary:logistic',
    ],
    [
      'a base score that is none',
      archiveOf(model({}, { learner_model_param: { base_score: '7', num_feature: '11' } })),
      'The base score 7 is no probability.',
    ],
    [
      'too many features',
      archiveOf(model({}, { learner_model_param: { base_score: '5e-1', num_feature: '300' } })),
      'The model has 300 features',
    ],
    [
      'a text that is no JSON',
      archiveOf({ ...model({}), 'flight-delay.model': 'x' }),
      'The model file is not JSON',
    ],
  ])('%s', async (_what, archive, message) => {
    const job = await openContainer(archive ? { [archiveInput]: archive } : {});

    await expect(compile(job.container)).rejects.toThrow(message);
  });

  test('another framework', async () => {
    const job = await openContainer({
      'input/config/compilation.json': JSON.stringify({ InputConfig: { Framework: 'PYTORCH' } }),
    });

    await expect(compile(job.container)).rejects.toThrow('The job names the framework "PYTORCH"');
  });
});

test('why it could not be compiled becomes the failure that the job shows', async () => {
  const job = await openContainer();
  const program = fileURLToPath(new URL('../../workloads/flight-delay/main.ts', import.meta.url));

  const child = spawn(process.execPath, [program, 'compile'], {
    env: { PATH: process.env.PATH, SAGEMAKER_BASE_DIR: job.container.baseDirectory },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'exit');

  expect(code).toBe(1);
  expect(await job.read('output/failure')).toBe('There is no model.tar.gz in the input "model".');
});
