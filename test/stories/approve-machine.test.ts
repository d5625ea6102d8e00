import { AwsError } from '../../local/aws-error.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

const GROUP = 'flight-delay';
const RELEASE = {
  id: 'flight-delay-2603020900-3f9a1c42',
  pipeline: 'flight-delay',
  trigger: { kind: 'manual', by: 'you' },
  executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:signalbox-prod-release:one',
  startedAt: '2026-03-02T09:00:00.000Z',
  failUnlessLive: false,
  intent: 'flight-delay/manual/one',
  rank: '2026-03-02T09:00:00.000Z#3f9a1c42',
  fresh: false,
  policy: 'newest',
};
const metrics = { schemaVersion: 1, rows: 4000, metrics: { auc: 0.71 } };
const verdict = { passed: true, reasons: [], gates: [], challenger: metrics, champion: null };

/** A registered model that waits for a person, in the machine that asks. */
async function ask(story: Story): Promise<{ packageArn: string; answer(): Promise<unknown> }> {
  await story.ask('CreateModelPackageGroup', { ModelPackageGroupName: GROUP });
  const { ModelPackageArn: packageArn } = await story.ask<{ ModelPackageArn: string }>('CreateModelPackage', {
    ModelPackageGroupName: GROUP,
    ModelApprovalStatus: 'PendingManualApproval',
  });
  const { world } = story;
  const { executionArn } = (await world.door.call({
    service: 'stepfunctions',
    operation: 'StartExecution',
    input: {
      stateMachineArn: world.outputs.ReleaseMachineArn!.replace(/release$/, 'approve'),
      input: JSON.stringify({
        release: RELEASE,
        packageArn,
        verdict,
        windowHours: 72,
        deadline: new Date(world.clock.now() + 72 * 3600_000).toISOString(),
      }),
    },
    caller: world.person,
  })) as { executionArn: string };
  const execution = () => world.stepfunctions.executions().find(({ arn }) => arn === executionArn)!;
  return {
    packageArn,
    async answer() {
      await world.clock.runUntil(() => execution().status !== 'RUNNING', 80 * 3600_000);
      expect(execution().status).toBe('SUCCEEDED');
      return JSON.parse(execution().output!);
    },
  };
}

test('says yes when somebody approves', async () => {
  const story = await openStory();
  const { packageArn, answer } = await ask(story);
  await story.pass({ hours: 5 });

  await story.ask('UpdateModelPackage', { ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' });

  expect(await answer()).toMatchObject({ approved: true, by: 'arn:aws:iam::123456789012:user/you' });
});

test('says no with the words of whoever rejects', async () => {
  const story = await openStory();
  const { packageArn, answer } = await ask(story);

  await story.ask('UpdateModelPackage', {
    ModelPackageArn: packageArn,
    ModelApprovalStatus: 'Rejected',
    ApprovalDescription: 'trained on half a month',
  });

  expect(await answer()).toMatchObject({
    approved: false,
    reason: expect.stringContaining('trained on half a month'),
  });
});

test('says no when the package was deleted', async () => {
  const story = await openStory();
  const { packageArn, answer } = await ask(story);

  await story.ask('DeleteModelPackage', { ModelPackageName: packageArn });

  expect(await answer()).toMatchObject({ approved: false, reason: expect.stringContaining('was deleted') });
});

test('asks people and other systems once, with the way to answer', async () => {
  const story = await openStory();
  const { packageArn } = await ask(story);
  await story.pass({ minutes: 1 });

  expect(story.calls.filter(({ operation }) => operation === 'Publish')).toMatchObject([
    { input: { Message: expect.stringContaining(`npx signalbox approve ${RELEASE.id}`) } },
  ]);
  const [event] = story.calls.filter(({ operation }) => operation === 'PutEvents');
  const [{ Detail }] = (event!.input as { Entries: [{ Detail: string }] }).Entries;
  expect(JSON.parse(Detail)).toMatchObject({ release: RELEASE.id, packageArn });
});

test('believes the registry, not an event: a forged approval changes nothing', async () => {
  const story = await openStory();
  const { packageArn, answer } = await ask(story);
  const [ModelPackageGroupName] = packageArn.split('/').slice(1);

  await story.world.door.call({
    service: 'events',
    operation: 'PutEvents',
    input: {
      Entries: [
        {
          Source: 'forged.sagemaker',
          DetailType: 'SageMaker Model Package State Change',
          Detail: JSON.stringify({
            ModelPackageArn: packageArn,
            ModelPackageGroupName,
            ModelApprovalStatus: 'Approved',
          }),
        },
      ],
    },
    caller: story.world.person,
  });

  expect(await answer()).toMatchObject({ approved: false });
});

test('finds an approval whose event got lost', async () => {
  const story = await openStory({ event: ({ source }) => (source === 'aws.sagemaker' ? 'drop' : 'deliver') });
  const { packageArn, answer } = await ask(story);

  await story.ask('UpdateModelPackage', { ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' });

  expect(await answer()).toMatchObject({ approved: true });
});

test('asks all the same when its function, the ledger, the topic and the bus are out of order', async () => {
  const story = await openStory({
    fault: ({ operation, caller }) =>
      caller.via === 'state' && ['Invoke', 'Publish', 'PutEvents'].includes(operation)
        ? new AwsError('InternalFailure', 'out of order')
        : undefined,
  });
  const { packageArn, answer } = await ask(story);
  await story.pass({ hours: 1 });

  await story.ask('UpdateModelPackage', { ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' });

  expect(await answer()).toMatchObject({ approved: true });
});

test('looks by itself when it cannot wait', async () => {
  const story = await openStory({
    fault: ({ operation, caller, input }) =>
      caller.via === 'state' && operation === 'StartExecution' && JSON.stringify(input).includes('package')
        ? new AwsError('InternalFailure', 'out of order')
        : undefined,
  });
  const { packageArn, answer } = await ask(story);
  await story.pass({ hours: 2 });

  await story.ask('UpdateModelPackage', { ModelPackageArn: packageArn, ModelApprovalStatus: 'Rejected' });

  expect(await answer()).toMatchObject({
    approved: false,
    reason: expect.stringContaining('the approver said no'),
  });
});

test('says no when nobody answers', async () => {
  const story = await openStory();
  const { answer } = await ask(story);

  expect(await answer()).toMatchObject({ approved: false, reason: 'nobody decided within 72 hours' });
});
