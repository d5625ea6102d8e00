import { mkdtempSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { unpackTarGz } from '../../../local/tar.ts';
import { allow, giveRoleTo } from '../support/roles.ts';
import { type Options, openJobs, ROLE, START, trainingRequest } from './open-jobs.ts';

const WORKLOAD = new URL('./fixtures/workload', import.meta.url).pathname;
const MODEL = 's3://artifacts/r42/model/r42-train-1/output/model.tar.gz';

const request = ({ input = {}, output = {}, ...changes }: Record<string, object> = {}) => ({
  CompilationJobName: 'r42-neo',
  RoleArn: ROLE,
  InputConfig: { S3Uri: MODEL, Framework: 'XGBOOST', ...input },
  OutputConfig: { S3OutputLocation: 's3://artifacts/r42/neo/', TargetDevice: 'ml_c5', ...output },
  StoppingCondition: { MaxRuntimeInSeconds: 900 },
  ...changes,
});

async function open(options: Options = {}) {
  const opened = await openJobs(options);
  opened.world.s3.put('artifacts', 'r42/model/r42-train-1/output/model.tar.gz', 'trained');
  const describe = () => opened.call('DescribeCompilationJob', { CompilationJobName: 'r42-neo' });
  const ended = async () => {
    const { jobs } = opened.world.sagemaker.compilations;
    await opened.clock.runUntil(() => jobs.get('r42-neo')!.hasEnded);
    return describe();
  };
  return { ...opened, describe, ended };
}

test('a model is compiled: its archive, its digest, and Neo’s own image for target and region', async () => {
  const { call, describe, ended, objects, clock } = await open();

  await call('CreateCompilationJob', request());
  expect(await describe()).toMatchObject({
    CompilationJobStatus: 'STARTING',
    FailureReason: '',
    ModelArtifacts: { S3ModelArtifacts: '' },
  });
  await clock.advance(61_000);
  expect(await describe()).toMatchObject({ CompilationJobStatus: 'INPROGRESS' });
  const job = await ended();

  expect(job).toMatchObject({
    CompilationJobStatus: 'COMPLETED',
    FailureReason: '',
    ModelArtifacts: { S3ModelArtifacts: 's3://artifacts/r42/neo/model-ml_c5.tar.gz' },
    ModelDigests: { ArtifactDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    InferenceImage: '802834080501.dkr.ecr.eu-west-1.amazonaws.com/xgboost-neo:latest',
    CompilationStartTime: new Date(START + 60_000),
    CompilationEndTime: new Date(START + (90 + 240 + 20) * 1000),
  });
  expect(objects.has('artifacts/r42/neo/model-ml_c5.tar.gz')).toBe(true);
});

test('nobody is told of a compilation: it sends no event', async () => {
  const { call, ended, events } = await open();
  events.length = 0;

  await call('CreateCompilationJob', request());
  await ended();

  expect(events.filter(({ source }) => source === 'aws.sagemaker')).toEqual([]);
});

test.each([
  [
    { Framework: 'PYTORCH', FrameworkVersion: '1.12', DataInputConfig: '{"input0":[1,3]}' },
    { TargetDevice: 'ml_g4dn' },
    'sagemaker-inference-pytorch:1.12-gpu-py3',
    'model-ml_g4dn.tar.gz',
  ],
  [
    { Framework: 'TENSORFLOW', FrameworkVersion: '2.9' },
    { TargetDevice: 'ml_m5' },
    'sagemaker-inference-tensorflow:2.9.2-cpu-py3',
    'model-ml_m5.tar.gz',
  ],
  [
    { Framework: 'XGBOOST' },
    { TargetDevice: undefined, TargetPlatform: { Os: 'LINUX', Arch: 'ARM64', Accelerator: 'NVIDIA' } },
    undefined,
    'model-LINUX_ARM64_NVIDIA.tar.gz',
  ],
  [{ Framework: 'XGBOOST' }, { TargetDevice: 'rasp4b' }, undefined, 'model-rasp4b.tar.gz'],
])('the runtime image follows framework and target: %j for %j', async (input, output, image, archive) => {
  const { call, ended } = await open();

  await call('CreateCompilationJob', request({ input, output }));
  const job = await ended();

  expect(job.InferenceImage?.split('/')[1]).toBe(image);
  expect(job.ModelArtifacts.S3ModelArtifacts).toBe(`s3://artifacts/r42/neo/${archive}`);
});

test('a model that cannot be compiled fails the job with the compiler’s words', async () => {
  const { call, ended, objects } = await open({
    scenario: { compilation: () => ({ seconds: 30, failure: 'Operator softmax3d is not supported' }) },
  });

  await call('CreateCompilationJob', request());

  expect(await ended()).toMatchObject({
    CompilationJobStatus: 'FAILED',
    FailureReason: 'ClientError: CompilationError: Operator softmax3d is not supported',
  });
  expect(objects.names()).not.toContain('artifacts/r42/neo/model-ml_c5.tar.gz');
});

test('a compilation that outlasts its limit fails, and says that it was the time', async () => {
  const { call, ended, clock } = await open({ scenario: { compilation: () => ({ seconds: 5000 }) } });

  await call('CreateCompilationJob', request());
  const job = await ended();

  expect(job.CompilationJobStatus).toBe('FAILED');
  expect(job.FailureReason).toContain('TimeOut');
  expect(clock.now() - START).toBe((60 + 900 + 5) * 1000);
});

test('a job is stopped, then it can be deleted and its name used again', async () => {
  const { call, describe, ended, clock } = await open();
  await call('CreateCompilationJob', request());
  await clock.advance(100_000);
  await expect(call('DeleteCompilationJob', { CompilationJobName: 'r42-neo' })).rejects.toMatchObject({
    code: 'ValidationException',
  });

  await call('StopCompilationJob', { CompilationJobName: 'r42-neo' });
  expect(await describe()).toMatchObject({ CompilationJobStatus: 'STOPPING' });
  expect(await ended()).toMatchObject({ CompilationJobStatus: 'STOPPED' });
  await expect(call('CreateCompilationJob', request())).rejects.toMatchObject({ code: 'ResourceInUse' });
  await call('DeleteCompilationJob', { CompilationJobName: 'r42-neo' });

  await expect(describe()).rejects.toMatchObject({ code: 'ResourceNotFound' });
  await call('CreateCompilationJob', request());
  expect((await call('ListCompilationJobs', {})).CompilationJobSummaries).toMatchObject([
    { CompilationJobName: 'r42-neo', CompilationJobStatus: 'STARTING', CompilationTargetDevice: 'ml_c5' },
  ]);
});

test.each([
  ['no target', { output: { TargetDevice: undefined } }],
  ['two targets', { output: { TargetPlatform: { Os: 'LINUX', Arch: 'ARM64' } } }],
  ['no shape for PyTorch', { input: { Framework: 'PYTORCH' } }],
  ['a shape that is no JSON', { input: { Framework: 'PYTORCH', DataInputConfig: '{input0: [1]}' } }],
  ['options that are no JSON', { output: { CompilerOptions: '{gpu-code' } }],
  [
    'a model and a model package',
    { ModelPackageVersionArn: 'arn:aws:sagemaker:eu-west-1:1:model-package/a/1' },
  ],
] as [string, Record<string, object>][])('%s: ValidationException', async (_what, changes) => {
  const { call } = await open();

  await expect(call('CreateCompilationJob', request(changes))).rejects.toMatchObject({
    code: 'ValidationException',
  });
});

test.each([
  ['read the model', 's3:GetObject'],
  ['write the archive', 's3:PutObject'],
])('a role that may not %s fails the job', async (_what, missing) => {
  const { world, call, ended } = await open();
  const actions = ['s3:ListBucket', 's3:GetObject', 's3:PutObject'].filter((action) => action !== missing);
  giveRoleTo({ Service: 'sagemaker.amazonaws.com' }, world, 'jobs', allow(actions, '*'));

  await call('CreateCompilationJob', request());

  expect(await ended()).toMatchObject({
    CompilationJobStatus: 'FAILED',
    FailureReason: expect.stringMatching(/^ClientError: .*AccessDenied/),
  });
});

test('a model that is not there fails the job', async () => {
  const { call, ended } = await open();

  await call('CreateCompilationJob', request({ input: { S3Uri: 's3://artifacts/nothing.tar.gz' } }));

  expect((await ended()).FailureReason).toBe(
    'ClientError: S3 key: s3://artifacts/nothing.tar.gz matched no files on s3',
  );
});

test('compiling needs its own permission, and leave to hand the role on', async () => {
  const { world, call } = await open();
  const caller = { via: 'state' as const, arn: '' };
  const with_ = (...statements: Parameters<typeof giveRoleTo>[3][]) => {
    const arn = giveRoleTo({ Service: 'states.amazonaws.com' }, world, 'machine', ...statements);
    return call('CreateCompilationJob', request(), { ...caller, arn });
  };
  giveRoleTo({ Service: 'sagemaker.amazonaws.com' }, world, 'jobs', allow('s3:*', '*'));

  await expect(with_(allow('iam:PassRole', '*'))).rejects.toThrow('sagemaker:CreateCompilationJob');
  await expect(with_(allow('sagemaker:CreateCompilationJob', '*'))).rejects.toThrow('iam:PassRole');
});

const processes: Options = { runner: 'process', imageDirectory: WORKLOAD };

test('with real processes the image that trained the model compiles it', async () => {
  const { call, ended, world, objects } = await open(processes);
  await call('CreateTrainingJob', trainingRequest({ HyperParameters: { epochs: '1' } }));

  await call('CreateCompilationJob', request());
  const job = await ended();

  expect(job).toMatchObject({ CompilationJobStatus: 'COMPLETED', FailureReason: '' });
  const directory = mkdtempSync(`${world.directory}/unpacked-`);
  unpackTarGz(objects.get('artifacts/r42/neo/model-ml_c5.tar.gz'), directory);
  expect(JSON.parse(readFileSync(`${directory}/compiled.json`, 'utf8'))).toEqual({
    bytes: 'trained'.length,
    target: 'ml_c5',
  });
});

test('a compiling process that gives up tells why in its failure file', async () => {
  const { call, ended } = await open(processes);
  await call('CreateTrainingJob', trainingRequest({ HyperParameters: { epochs: '1' } }));

  await call('CreateCompilationJob', request({ input: { Framework: 'SKLEARN' } }));

  expect((await ended()).FailureReason).toBe('ClientError: CompilationError: Cannot read a model of SKLEARN');
});

test('a model that no training job made cannot be compiled by a process', async () => {
  const { call, ended } = await open(processes);

  await call('CreateCompilationJob', request());

  expect(await ended()).toMatchObject({
    CompilationJobStatus: 'FAILED',
    FailureReason: expect.stringContaining('no training job made this one'),
  });
});
