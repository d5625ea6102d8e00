import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../../local/door.ts';
import type { LambdaAction } from '../../../local/services/codepipeline/job.ts';
import { functionZip, roleArn } from '../lambda/function-zip.ts';
import { type Account, openAccount } from '../support/open-account.ts';

const MINUTE_MS = 60_000;

const zipPath = functionZip({ 'gate.mjs': 'export const handler = async () => {};' });

interface JobEvent {
  readonly 'CodePipeline.job': { readonly data: { readonly continuationToken?: string } };
}

/** An account with a function that answers nothing by itself, and what the pipeline has handed to it. */
async function openPipeline(): Promise<Account & { handed: JobEvent[] }> {
  const handed: JobEvent[] = [];
  const fault = ({ operation, input }: Call): undefined => {
    if (operation === 'Invoke') handed.push(JSON.parse((input as { Payload: string }).Payload));
  };
  const account = await openAccount({ scenario: { fault } });
  account.world.lambda.createFunction({ name: 'gate', zipPath, handler: 'gate.handler', roleArn });
  return { ...account, handed };
}

const action: LambdaAction = {
  functionName: 'gate',
  userParameters: '{"release":"r42"}',
  inputArtifacts: [{ name: 'SourceOut', bucketName: 'cp-artifacts', objectKey: 'mlops/SourceOut/Ab12' }],
};

describe('a job for a function', () => {
  test('reaches it in the event that CodePipeline sends', async () => {
    const { world, handed } = await openPipeline();

    const job = world.codepipeline.invoke(action);
    await world.clock.advance(1_000);

    expect(handed).toEqual([
      {
        'CodePipeline.job': {
          id: job.id,
          accountId: '123456789012',
          data: {
            actionConfiguration: {
              configuration: { FunctionName: 'gate', UserParameters: '{"release":"r42"}' },
            },
            inputArtifacts: [
              {
                name: 'SourceOut',
                revision: null,
                location: {
                  type: 'S3',
                  s3Location: { bucketName: 'cp-artifacts', objectKey: 'mlops/SourceOut/Ab12' },
                },
              },
            ],
            outputArtifacts: [],
            artifactCredentials: {
              accessKeyId: expect.stringMatching(/^AKIA/),
              secretAccessKey: expect.any(String),
              sessionToken: expect.any(String),
            },
          },
        },
      },
    ]);
  });

  test('ends well with its output variables', async () => {
    const { world, call } = await openPipeline();
    const job = world.codepipeline.invoke(action);

    await call('PutJobSuccessResult', {
      jobId: job.id,
      executionDetails: { summary: 'r42 is live', percentComplete: 100 },
      outputVariables: { outcome: 'LIVE' },
    });

    expect(job).toMatchObject({ status: 'Succeeded', outputVariables: { outcome: 'LIVE' } });
    expect(world.journal.text()).toContain(`codepipeline/job/${job.id} Succeeded: r42 is live`);
  });

  test('ends badly with its reason', async () => {
    const { world, call } = await openPipeline();
    const job = world.codepipeline.invoke(action);

    await call('PutJobFailureResult', {
      jobId: job.id,
      failureDetails: { type: 'JobFailed', message: 'r42 was rolled back' },
    });

    expect(job).toMatchObject({ status: 'Failed', failure: { message: 'r42 was rolled back' } });
  });

  test('is given again with its continuation token until it is answered for good', async () => {
    const { world, call, handed } = await openPipeline();
    const job = world.codepipeline.invoke(action);
    await world.clock.advance(1_000);

    for (const continuationToken of ['asked', 'training']) {
      await call('PutJobSuccessResult', { jobId: job.id, continuationToken });
      await world.clock.advance(MINUTE_MS);
    }
    await call('PutJobSuccessResult', { jobId: job.id });
    await world.clock.advance(60 * MINUTE_MS);

    const tokens = handed.map((event) => event['CodePipeline.job'].data.continuationToken);
    expect(tokens).toEqual([undefined, 'asked', 'training']);
    expect(job).toMatchObject({ status: 'Succeeded', calls: 3 });
  });

  test('times out when nobody answers, counted anew from each call', async () => {
    const { world, call } = await openPipeline();
    const job = world.codepipeline.invoke(action);
    await world.clock.advance(19 * MINUTE_MS);
    await call('PutJobSuccessResult', { jobId: job.id, continuationToken: 'later' });

    await world.clock.advance(20 * MINUTE_MS);
    expect(job.status).toBe('InProgress');
    await world.clock.advance(MINUTE_MS);

    expect(job.status).toBe('TimedOut');
  });

  test('fails when the pipeline’s role may not invoke the function', async () => {
    const { world } = await openPipeline();
    const arn = 'arn:aws:iam::123456789012:role/pipeline';
    world.iam.addRole({ arn, trust: { Statement: [] }, policies: [], managedPolicyArns: [] });

    const job = world.codepipeline.invoke({ ...action, roleArn: arn });
    await world.clock.advance(1_000);

    expect(job).toMatchObject({
      status: 'Failed',
      failure: { message: expect.stringContaining('lambda:InvokeFunction') },
    });
  });
});

describe('CodePipeline refuses', () => {
  test('a second answer: InvalidJobStateException', async () => {
    const { world, call } = await openPipeline();
    const { id: jobId } = world.codepipeline.invoke(action);
    await call('PutJobSuccessResult', { jobId });

    await expect(call('PutJobSuccessResult', { jobId })).rejects.toMatchObject({
      code: 'InvalidJobStateException',
    });
    await expect(
      call('PutJobFailureResult', { jobId, failureDetails: { type: 'JobFailed', message: 'too late' } }),
    ).rejects.toMatchObject({ code: 'InvalidJobStateException' });
  });

  test('an answer for a job that it never gave: JobNotFoundException', async () => {
    const { call } = await openPipeline();
    const jobId = '11111111-abcd-1111-abcd-111111abcdef';

    for (const operation of ['PutJobSuccessResult', 'GetJobDetails']) {
      await expect(call(operation, { jobId })).rejects.toMatchObject({ code: 'JobNotFoundException' });
    }
  });

  test('output variables beside a continuation token, or too many of them', async () => {
    const { world, call } = await openPipeline();
    const { id: jobId } = world.codepipeline.invoke(action);

    await expect(
      call('PutJobSuccessResult', { jobId, continuationToken: 'x', outputVariables: { a: '1' } }),
    ).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(
      call('PutJobSuccessResult', { jobId, outputVariables: { a: 'x'.repeat(130_000) } }),
    ).rejects.toMatchObject({ code: 'OutputVariablesSizeExceededException' });
  });

  test('parameters of more than 1,000 characters', async () => {
    const { world } = await openPipeline();

    expect(() => world.codepipeline.invoke({ ...action, userParameters: 'x'.repeat(1001) })).toThrow(
      'UserParameters has 1001 characters; 1 to 1000 are allowed.',
    );
  });

  test('a nonce, and a poll: both are for workers of custom actions', async () => {
    const { world, call } = await openPipeline();
    const { id: jobId } = world.codepipeline.invoke(action);

    await expect(call('AcknowledgeJob', { jobId, nonce: '1' })).rejects.toMatchObject({
      code: 'InvalidNonceException',
    });
    const actionTypeId = { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' };
    await expect(call('PollForJobs', { actionTypeId })).rejects.toMatchObject({
      code: 'ActionTypeNotFoundException',
    });
  });

  test('what only a pipeline could do, by name', async () => {
    const { world } = await openPipeline();

    for (const operation of ['GetPipelineState', 'StartPipelineExecution', 'PutApprovalResult']) {
      const call = { service: 'codepipeline', operation, input: {}, caller: world.person } as const;
      await expect(world.door.call(call)).rejects.toThrow(`codepipeline ${operation} is not modelled`);
    }
  });
});
