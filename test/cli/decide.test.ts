import { openStory, type Story } from '../stories/support/story.ts';
import { tells, test } from '../stories/support/test.ts';
import { packageArn, RELEASE, write, writeLive, writeWaiting } from './support/ledger.ts';
import { documentOf, typed } from './support/typed.ts';

async function openWithPackage(): Promise<Story> {
  const story = await openStory();
  await story.ask('CreateModelPackageGroup', { ModelPackageGroupName: 'flight-delay' });
  await story.ask('CreateModelPackage', {
    ModelPackageGroupName: 'flight-delay',
    ModelApprovalStatus: 'PendingManualApproval',
    CustomerMetadataProperties: { release: RELEASE },
  });
  return story;
}

const registered = (story: Story) =>
  story.ask<{ ModelApprovalStatus: string; ApprovalDescription?: string }>('DescribeModelPackage', {
    ModelPackageName: packageArn(1),
  });

test('approves the model of a release that waits', async () => {
  const story = await openWithPackage();
  await writeWaiting(story.world);

  const { code, out } = await typed(['approve', RELEASE], { world: story.world });

  expect(out).toContain('Approved flight-delay/1, which was PendingManualApproval.');
  expect(out).toContain(`Release ${RELEASE} goes on.`);
  expect(code).toBe(0);
  expect(await registered(story)).toMatchObject({
    ModelApprovalStatus: 'Approved',
    ApprovalDescription: 'by you with npx signalbox',
  });
});

test('rejects with a reason that is kept', async () => {
  const story = await openWithPackage();
  await writeWaiting(story.world);

  const { out } = await typed(['reject', RELEASE, '--reason', 'half a month'], { world: story.world });

  expect(out).toContain(`Release ${RELEASE} ends as REJECTED.`);
  expect(await registered(story)).toMatchObject({
    ModelApprovalStatus: 'Rejected',
    ApprovalDescription: 'half a month',
  });
});

globalThis.test.each([['flight-delay/1'], [packageArn(1)]])('takes %s, and says what comes of it', (name) =>
  tells(async () => {
    const { world } = await openWithPackage();
    await writeLive(world, 'one');

    expect((await typed(['approve', name], { world })).out).toContain('No release waits for it');
    expect((await typed(['reject', name], { world })).out).toContain('It serves: where its pipeline has');
  }),
);

test('changes nothing that is so already', async () => {
  const { world } = await openWithPackage();
  await typed(['approve', 'flight-delay/1'], { world });

  const seen = await typed(['approve', 'flight-delay/1', '--json'], { world });

  expect(documentOf(seen)).toEqual({
    packageArn: packageArn(1),
    release: RELEASE,
    decision: 'Approved',
    changed: false,
  });
  expect(seen.code).toBe(0);
});

globalThis.test.each([
  [['flight-delay-2603020900-3f9a1c43'], `did you mean ${RELEASE}?`],
  [['flight-delay/9'], 'There is no model package flight-delay/9.'],
  [['arn:aws:sagemaker:eu-west-1:123456789012:endpoint/x'], 'is not the ARN of a model package'],
  [['early'], 'Release early has not registered a model yet.'],
  [['flight-delay/1', '--reason', ''], '--reason has 0 characters'],
])('refuses %j', (words, message) =>
  tells(async () => {
    const story = await openWithPackage();
    const { world } = story;
    await writeWaiting(world);
    await write(world, 'running', 'arn:early', { pipeline: 'flight-delay', release: 'early', startedAt: '' });

    const { code, log } = await typed(['approve', ...words], { world });

    expect(log).toContain(message);
    expect(code).toBe(2);
    expect(await registered(story)).toMatchObject({ ModelApprovalStatus: 'PendingManualApproval' });
  }),
);
