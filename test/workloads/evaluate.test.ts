import { evaluate } from '../../workloads/flight-delay/evaluate.ts';
import { filesInArchive } from '../../workloads/flight-delay/evidence/archive.ts';
import { train } from '../../workloads/flight-delay/train.ts';
import { archiveOf, openContainer, removeContainers, trainingFiles } from './support/workload.ts';

afterAll(removeContainers);

const reports = 'processing/output/report';

async function openTrainedArchive() {
  const job = await openContainer(trainingFiles());
  await train(job.container);
  const names = ['flight-delay.model', 'features.json', 'training.json'];
  const files = await Promise.all(
    names.map(async (name) => [name, await job.read(`model/${name}`)] as const),
  );
  return {
    archive: archiveOf(Object.fromEntries(files)),
    testRows: await job.read('input/data/validation/flights.csv'),
  };
}

test('judges a model on the test rows', async () => {
  const { archive, testRows } = await openTrainedArchive();
  const job = await openContainer({
    'processing/input/test/flights.csv': testRows,
    'processing/input/model/model.tar.gz': archive,
  });

  await evaluate({ ...job.container, commit: '0f1e2d3c4b5a' });

  const metrics = await job.readJson(`${reports}/metrics.json`);
  const report = await job.readJson(`${reports}/report.json`);
  expect(report.commit).toBe('0f1e2d3c4b5a');
  expect(Object.keys(metrics.metrics)).toEqual(['auc', 'logLoss', 'accuracy', 'brier', 'calibrationError']);
  expect(metrics.metrics.auc).toBeGreaterThan(0.55);
  expect(metrics.model).toMatchObject({ epochs: 4, resumedFromEpoch: null, trees: 20 });
  expect((await job.read(`${reports}/metrics.json`)).length).toBeLessThan(4096);
  expect(report).toMatchObject(metrics);
  expect(report.calibrationCurve).toHaveLength(10);
  expect(report.featureImportance).toHaveLength(11);
});

test.each([
  ['is empty', 'There is no model.tar.gz', {}],
  ['holds something else', 'is no gzip file', { 'processing/input/model/model.tar.gz': 'not an archive' }],
  [
    'lacks the model file',
    'has no flight-delay.model',
    { 'processing/input/model/model.tar.gz': archiveOf({ 'other.txt': 'x' }) },
  ],
])('says when the model input %s', async (_what, message, files) => {
  const job = await openContainer(files as Record<string, Buffer>);

  await expect(evaluate(job.container)).rejects.toThrow(message);
});

test('reads every plain file of an archive', () => {
  const files = filesInArchive(
    archiveOf({ 'a.txt': 'first', 'deep/b.txt': 'x'.repeat(2000), 'empty.txt': '' }),
  );

  expect([...files].map(([name, content]) => [name, content.length])).toEqual([
    ['a.txt', 5],
    ['deep/b.txt', 2000],
    ['empty.txt', 0],
  ]);
});
