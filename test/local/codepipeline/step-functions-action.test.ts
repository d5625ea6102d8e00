import { describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import type { StepFunctionsAction } from '../../../local/services/codepipeline/step-functions-action.ts';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';
import { allow, arnOf, giveRole, giveRoleTo } from '../support/roles.ts';

const StateMachineArn = arnOf('states', 'stateMachine:release');
const wait = { Type: 'Wait', Seconds: 90, Next: 'End' };
const succeed = { Type: 'Succeed', Output: { outcome: 'LIVE' } };
const fail = { Type: 'Fail', Error: 'ReleaseRejectedError', Cause: 'auc is too low' };

let world: World;
let call: Account['call'];
let roleArn: string;

/** A machine that waits and ends, and a pipeline's role that may start it. */
const open = async (end: object = succeed, type?: 'EXPRESS'): Promise<void> => {
  ({ world, call } = await openAccount());
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: type === 'EXPRESS' ? 'End' : 'Wait',
    States: { ...(type === undefined && { Wait: wait }), End: end },
  });
  await call('CreateStateMachine', {
    name: 'release',
    type,
    roleArn: giveRole(world, 'machine'),
    definition,
  });
  world.s3.createBucket('artifacts');
  roleArn = giveRoleTo(
    { Service: 'codepipeline.amazonaws.com' },
    world,
    'pipeline',
    allow(['states:StartExecution', 'states:DescribeStateMachine'], StateMachineArn),
    allow('states:DescribeExecution', arnOf('states', 'execution:release:*')),
    allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::artifacts/*'),
  );
};

const start = (configuration: object = {}, more: Partial<StepFunctionsAction> = {}) =>
  world.codepipeline.startStepFunctionsAction({
    configuration: { StateMachineArn, ...configuration },
    roleArn,
    ...more,
  });

const artifact = (name: string) => ({ name, bucketName: 'artifacts', objectKey: `mlops/${name}` });

const ended = async (run: ReturnType<typeof start>) => {
  await world.clock.runUntil(() => run.status !== 'InProgress');
  return run;
};

describe('a Step Functions action', () => {
  test('names the execution after itself, fills in variables, and ends as the execution does', async () => {
    await open();
    const Input = '{"pipeline":"flight-delay","id":"#{codepipeline.PipelineExecutionId}"}';
    const run = start(
      { ExecutionNamePrefix: 'cp', Input },
      { variables: { 'codepipeline.PipelineExecutionId': 'e-1' } },
    );
    await world.clock.advance(60_000);
    expect(run.status).toBe('InProgress');

    await ended(run);

    const ExecutionArn = arnOf('states', `execution:release:cp-${run.id}`);
    expect(run).toMatchObject({ status: 'Succeeded', outputVariables: { StateMachineArn, ExecutionArn } });
    const { input } = await call('DescribeExecution', { executionArn: ExecutionArn });
    expect(JSON.parse(input)).toEqual({ pipeline: 'flight-delay', id: 'e-1' });
  });

  test('starts another execution when its stage is retried', async () => {
    await open();
    const first = await ended(start());
    const second = await ended(start());

    expect(second.executionArn).not.toBe(first.executionArn);
  });

  test('takes its input from a file and leaves the output in an artifact', async () => {
    await open();
    const zip = zipSync({ 'release/request.json': Buffer.from('{"pipeline":"flight-delay"}') });
    await call('PutObject', { Bucket: 'artifacts', Key: 'mlops/SourceOut', Body: zip });

    const run = await ended(
      start(
        { InputType: 'FilePath', Input: 'release/request.json' },
        { inputArtifact: artifact('SourceOut'), outputArtifact: artifact('ReleaseOut') },
      ),
    );

    const { input } = await call('DescribeExecution', { executionArn: run.executionArn });
    expect(input).toBe('{"pipeline":"flight-delay"}');
    const { Body } = await call('GetObject', { Bucket: 'artifacts', Key: 'mlops/ReleaseOut' });
    expect(JSON.parse(Buffer.from(Body).toString())).toEqual({ outcome: 'LIVE' });
  });

  test('is done with an Express machine when that has started', async () => {
    await open(succeed, 'EXPRESS');

    const run = await ended(start());

    expect(run).toMatchObject({ status: 'Succeeded', outputVariables: { StateMachineArn } });
    expect(run.executionArn).toBeUndefined();
  });
});

describe('fails', () => {
  test('as the execution does, with its error', async () => {
    await open(fail);

    expect(await ended(start())).toMatchObject({
      status: 'Failed',
      failure: {
        code: 'JobFailed',
        message: 'The execution is FAILED: ReleaseRejectedError: auc is too low',
      },
    });
  });

  test('after seven days, while the execution goes on', async () => {
    await open({ ...wait, Seconds: 30 * 24 * 3600, Next: undefined, End: true });

    const run = await ended(start());

    expect(run).toMatchObject({ status: 'TimedOut' });
    const { status } = await call('DescribeExecution', { executionArn: run.executionArn });
    expect(status).toBe('RUNNING');
  });

  test.each([
    [{ Input: 'x'.repeat(1001) }, 'Input has 1001 characters; 1 to 1000 are allowed.'],
    [{ Input: 'no JSON' }, 'Invalid State Machine Execution Input'],
    [{ Input: '"#{Source.CommitId}"' }, 'The variable Source.CommitId is not there.'],
    [{ ExecutionNamePrefix: 'x'.repeat(44) }, 'length less than or equal to 80'],
    [{ StateMachineArn: arnOf('states', 'stateMachine:other') }, 'not authorized'],
    [{ InputType: 'FilePath', Input: 'a.json' }, 'FilePath needs an input artifact.'],
  ])('for a configuration that cannot work: %j', async (configuration, message) => {
    await open();

    const run = await ended(start(configuration));

    expect(run.status).toBe('Failed');
    expect(run.failure!.message).toContain(message);
  });

  test('for a file that is not in the artifact', async () => {
    await open();
    await call('PutObject', { Bucket: 'artifacts', Key: 'mlops/SourceOut', Body: zipSync({}) });

    const configuration = { InputType: 'FilePath', Input: 'a.json' };
    const run = await ended(start(configuration, { inputArtifact: artifact('SourceOut') }));

    expect(run.failure!.message).toBe('a.json is not in the artifact SourceOut.');
  });
});
