import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  channel,
  IMAGE,
  type Options,
  openJobs,
  processingRequest,
  rawInput,
  spotRequest,
  trainingRequest,
  trainOutput,
} from './open-jobs.ts';

const WORKLOAD = new URL('./fixtures/workload', import.meta.url).pathname;
const NO_PROGRAM = new URL('./fixtures/no-program', import.meta.url).pathname;

async function open(options: Options = {}) {
  const world = await openJobs({ runner: 'process', imageDirectory: WORKLOAD, ...options });
  world.world.s3.put('artifacts', 'r42/train/rows.csv', 'a,b,c');
  return world;
}

/** A training job whose container does one of the fixture's other acts. */
const acting = (act: string, changes: Record<string, unknown> = {}) =>
  trainingRequest({
    AlgorithmSpecification: { TrainingImage: IMAGE, TrainingInputMode: 'File', ContainerArguments: [act] },
    ...changes,
  });

const learning = (changes: Record<string, unknown> = {}) =>
  spotRequest({
    HyperParameters: { epochs: '7' },
    InputDataConfig: [channel()],
    AlgorithmSpecification: {
      TrainingImage: IMAGE,
      TrainingInputMode: 'File',
      MetricDefinitions: [
        { Name: 'validation:auc', Regex: 'val_auc=([0-9.]+)' },
        { Name: 'never', Regex: 'never=([0-9.]+)' },
      ],
    },
    ...changes,
  });

function unpacked(archive: Uint8Array): { names: string[]; read: (name: string) => string } {
  const tar = (...words: string[]): string =>
    execFileSync('tar', [words[0]!, '-', ...words.slice(1)], { input: archive, encoding: 'utf8' });
  return { names: tar('tzf').trim().split('\n'), read: (name) => tar('xzOf', name) };
}

const MODEL = 'artifacts/r42/model/r42-train-1/output/model.tar.gz';

test('a training process finds its channel and hyperparameters and leaves model, metrics and checkpoints', async () => {
  const { call, ended, objects } = await open();

  await call('CreateTrainingJob', learning());
  const description = await ended('training', 'r42-train-1');

  expect(description.FailureReason).toBeUndefined();
  expect(description.FinalMetricDataList).toMatchObject([{ MetricName: 'validation:auc', Value: 0.9375 }]);
  const model = unpacked(objects.get(MODEL)!);
  expect(model.names).toEqual(['model.json', 'trees/0.json']);
  expect(JSON.parse(model.read('model.json'))).toEqual({ resumedFrom: 0, rows: 'a,b,c' });
  expect(
    objects
      .names()
      .filter((name) => name.includes('ckpt'))
      .sort(),
  ).toEqual(['artifacts/r42/ckpt/epoch-5', 'artifacts/r42/ckpt/epoch-6', 'artifacts/r42/ckpt/epoch-7']);
});

test('a reclaimed process goes on from the checkpoints in S3', async () => {
  const { call, ended, objects, world } = await open({
    scenario: {
      spot: ({ attempt }) => (attempt === 1 ? { kind: 'reclaimed', afterCheckpoints: 4 } : { kind: 'kept' }),
    },
  });

  await call('CreateTrainingJob', learning());
  const description = await ended('training', 'r42-train-1');

  expect(description.TrainingJobStatus).toBe('Completed');
  expect(world.journal.text()).toContain('Interrupted');
  const { resumedFrom } = JSON.parse(unpacked(objects.get(MODEL)!).read('model.json'));
  expect(resumedFrom).toBeGreaterThanOrEqual(4);
  expect(resumedFrom).toBeLessThan(7);
  expect(objects.has('artifacts/r42/ckpt/epoch-1')).toBe(false);
});

test('the same files make the same archive', async () => {
  const archives: Uint8Array[] = [];
  for (let run = 0; run < 2; run += 1) {
    const { call, ended, objects } = await open();
    await call('CreateTrainingJob', learning());
    await ended('training', 'r42-train-1');
    archives.push(objects.get(MODEL));
  }

  expect(Buffer.from(archives[0]!).equals(Buffer.from(archives[1]!))).toBe(true);
});

test('a processing process finds its inputs by relative path and knows nothing of this machine', async () => {
  const { call, ended, text, world } = await open();
  world.s3.put('drop', 'incoming/r42/a.csv', 'x');
  world.s3.put('drop', 'incoming/r42/more/b.csv', 'y');
  world.s3.put('drop', 'incoming/r43/c.csv', 'z');

  await call(
    'CreateProcessingJob',
    processingRequest({
      AppSpecification: {
        ImageUri: IMAGE,
        ContainerEntrypoint: ['node', '/opt/program/main.mjs', 'process'],
        ContainerArguments: ['/opt/program/main.mjs', '/opt/ml/processing/output/train'],
      },
      Environment: { RELEASE_ID: 'r42' },
      ProcessingInputs: [rawInput('s3://drop/incoming/r42')],
      ProcessingOutputConfig: { Outputs: [trainOutput] },
    }),
  );
  const description = await ended('processing', 'r42-prep');

  expect(description.ExitMessage).toBe('all is well');
  const seen = JSON.parse(text('artifacts/r42/train/seen.json'));
  expect(seen.files).toEqual(['a.csv', 'more', 'more/b.csv']);
  expect(seen.environment).toEqual(['PATH', 'RELEASE_ID', 'SAGEMAKER_BASE_DIR']);
  expect(seen.arguments).toEqual([
    join(world.ecr.resolve(IMAGE).directory!, 'main.mjs'),
    join(world.directory, 'jobs/processing/r42-prep/1/processing/output/train'),
  ]);
});

test('a failure file becomes the failure reason', async () => {
  const { call, ended } = await open();

  await call('CreateTrainingJob', acting('explain'));

  expect((await ended('training', 'r42-train-1')).FailureReason).toBe(
    'AlgorithmError: The target column has one value only, exit code: 3',
  );
});

test('a crash becomes the failure reason, with the last output', async () => {
  const { call, ended } = await open();

  await call('CreateTrainingJob', acting('crash'));
  const { FailureReason } = await ended('training', 'r42-train-1');

  expect(FailureReason).toMatch(/^AlgorithmError: /);
  expect(FailureReason).toContain('the tree has no leaves');
  expect(FailureReason).toMatch(/, exit code: 1$/);
  expect(FailureReason.length).toBeLessThanOrEqual(1024);
});

test('a program that does not exist fails the job and nothing else', async () => {
  const { call, ended } = await open({ imageDirectory: NO_PROGRAM });

  await call('CreateTrainingJob', trainingRequest());

  expect((await ended('training', 'r42-train-1')).FailureReason).toMatch(/ENOENT, exit code: 127$/);
});

test('a stopped process gets SIGTERM, and what it saved then is uploaded', async () => {
  const { call, ended, objects, clock } = await open({ clock: { speed: 1000 } });
  await call(
    'CreateTrainingJob',
    acting('linger', { CheckpointConfig: { S3Uri: 's3://artifacts/r42/ckpt' } }),
  );
  await clock.runUntil(() => objects.has('artifacts/r42/ckpt/ready'));

  await call('StopTrainingJob', { TrainingJobName: 'r42-train-1' });
  const description = await ended('training', 'r42-train-1');

  expect(description.SecondaryStatus).toBe('Stopped');
  expect(unpacked(objects.get(MODEL)!).names).toEqual(['partial.json']);
});

test('a process that does not listen is killed after 120 seconds, with everything it started', async () => {
  const { call, ended, text, objects, clock } = await open({ clock: { speed: 600 } });
  await call(
    'CreateTrainingJob',
    acting('stubborn', { CheckpointConfig: { S3Uri: 's3://artifacts/r42/ckpt' } }),
  );
  await clock.runUntil(() => objects.has('artifacts/r42/ckpt/pids'));
  const stoppedMs = clock.now();

  await call('StopTrainingJob', { TrainingJobName: 'r42-train-1' });
  const description = await ended('training', 'r42-train-1');

  expect(description.TrainingEndTime.getTime() - stoppedMs).toBeGreaterThanOrEqual(120_000);
  for (const pid of text('artifacts/r42/ckpt/pids').split(' ')) expect(await dies(Number(pid))).toBe(true);
});

test('closing the runner leaves no process behind', async () => {
  const { call, text, objects, clock, world } = await open({ clock: { speed: 1000 } });
  await call(
    'CreateTrainingJob',
    acting('stubborn', { CheckpointConfig: { S3Uri: 's3://artifacts/r42/ckpt' } }),
  );
  await clock.runUntil(() => objects.has('artifacts/r42/ckpt/pids'));

  await world.close();

  for (const pid of text('artifacts/r42/ckpt/pids').split(' ')) expect(await dies(Number(pid))).toBe(true);
});

/** The kernel takes a killed process away in its own time; what was not killed is there for good. */
async function dies(pid: number): Promise<boolean> {
  for (let look = 0; look < 200 && isAlive(pid); look += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return !isAlive(pid);
}

/** A killed process that nobody has waited for yet is a zombie: dead, though its id is still taken. */
function isAlive(pid: number): boolean {
  try {
    if (process.platform !== 'linux') return process.kill(pid, 0);
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
