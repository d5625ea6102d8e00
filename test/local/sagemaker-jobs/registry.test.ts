import { describe, expect, test } from '@jest/globals';
import { openJobs, START } from './open-jobs.ts';

async function openGroup() {
  const world = await openJobs();
  await world.call('CreateModelPackageGroup', { ModelPackageGroupName: 'Churn' });
  return world;
}

describe('a model package group', () => {
  test('can be described by its name and by its ARN', async () => {
    const { call } = await openGroup();

    const byName = await call('DescribeModelPackageGroup', { ModelPackageGroupName: 'Churn' });
    const byArn = await call('DescribeModelPackageGroup', {
      ModelPackageGroupName: byName.ModelPackageGroupArn,
    });

    expect(byName).toMatchObject({ ModelPackageGroupStatus: 'Completed', CreationTime: new Date(START) });
    expect(byArn).toEqual(byName);
  });

  test('is created once: ValidationException', async () => {
    const { call } = await openGroup();

    await expect(call('CreateModelPackageGroup', { ModelPackageGroupName: 'Churn' })).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(/^Model Package Group already exists/),
    });
  });

  test('that is not there gets a ValidationException', async () => {
    const { call } = await openJobs();

    await expect(
      call('DescribeModelPackageGroup', { ModelPackageGroupName: 'nobody' }),
    ).rejects.toMatchObject({
      code: 'ValidationException',
      message:
        'ModelPackageGroup arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/nobody does not exist.',
    });
  });
});

describe('a model package', () => {
  test('is the next version of its group, waiting for approval unless told otherwise', async () => {
    const { call } = await openGroup();

    const first = await call('CreateModelPackage', { ModelPackageGroupName: 'Churn' });
    const second = await call('CreateModelPackage', {
      ModelPackageGroupName: 'Churn',
      ModelApprovalStatus: 'Approved',
      CustomerMetadataProperties: { releaseId: 'r42' },
    });

    expect(first.ModelPackageArn).toBe('arn:aws:sagemaker:eu-west-1:123456789012:model-package/Churn/1');
    expect(await call('DescribeModelPackage', { ModelPackageName: first.ModelPackageArn })).toMatchObject({
      ModelPackageVersion: 1,
      ModelPackageStatus: 'Completed',
      ModelApprovalStatus: 'PendingManualApproval',
    });
    expect(await call('DescribeModelPackage', { ModelPackageName: second.ModelPackageArn })).toMatchObject({
      ModelPackageVersion: 2,
      ModelApprovalStatus: 'Approved',
      CustomerMetadataProperties: { releaseId: 'r42' },
    });
  });

  test('is made once for one ClientToken', async () => {
    const { call } = await openGroup();
    const input = { ModelPackageGroupName: 'Churn', ClientToken: 'r42-register-1' };

    const first = await call('CreateModelPackage', input);
    const again = await call('CreateModelPackage', input);

    expect(again).toEqual(first);
    expect((await call('ListModelPackages', {})).ModelPackageSummaryList).toHaveLength(1);
  });

  test('tells EventBridge what an update changed', async () => {
    const { call, events } = await openGroup();
    const { ModelPackageArn } = await call('CreateModelPackage', { ModelPackageGroupName: 'Churn' });

    await call('UpdateModelPackage', {
      ModelPackageArn,
      ModelApprovalStatus: 'Approved',
      ApprovalDescription: 'looks right',
    });

    expect(events.at(-1)).toMatchObject({
      detailType: 'SageMaker Model Package State Change',
      resources: [ModelPackageArn],
      detail: {
        ModelPackageGroupName: 'Churn',
        ModelPackageVersion: 1,
        ModelApprovalStatus: 'Approved',
        UpdatedModelPackageFields: ['ModelApprovalStatus', 'ApprovalDescription'],
        CreationTime: '2026-03-02T09:00:00.000Z',
      },
    });
  });

  test('is found as the latest approved one', async () => {
    const { call } = await openGroup();
    for (const ModelApprovalStatus of ['Approved', 'Approved', 'Rejected']) {
      await call('CreateModelPackage', { ModelPackageGroupName: 'Churn', ModelApprovalStatus });
    }

    const { ModelPackageSummaryList, NextToken } = await call('ListModelPackages', {
      ModelPackageGroupName: 'Churn',
      ModelApprovalStatus: 'Approved',
      SortBy: 'CreationTime',
      SortOrder: 'Descending',
      MaxResults: 1,
    });

    expect(ModelPackageSummaryList).toMatchObject([{ ModelPackageVersion: 2 }]);
    expect(NextToken).toBeDefined();
  });

  test('that is not there gets a ValidationException', async () => {
    const { call } = await openGroup();

    await expect(call('DescribeModelPackage', { ModelPackageName: 'Churn/7' })).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'ModelPackage arn:aws:sagemaker:eu-west-1:123456789012:model-package/Churn/7 does not exist.',
    });
  });
});

describe('what is deleted from the registry', () => {
  test('leaves its number taken', async () => {
    const { call } = await openGroup();
    const first = await call('CreateModelPackage', { ModelPackageGroupName: 'Churn' });
    await call('DeleteModelPackage', { ModelPackageName: first.ModelPackageArn });

    const second = await call('CreateModelPackage', { ModelPackageGroupName: 'Churn' });

    expect(second.ModelPackageArn).toMatch(/model-package\/Churn\/2$/);
    await expect(
      call('DescribeModelPackage', { ModelPackageName: first.ModelPackageArn }),
    ).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test('is a version before its group: ConflictException', async () => {
    const { call } = await openGroup();
    const { ModelPackageArn } = await call('CreateModelPackage', { ModelPackageGroupName: 'Churn' });
    const deletion = () => call('DeleteModelPackageGroup', { ModelPackageGroupName: 'Churn' });

    await expect(deletion()).rejects.toMatchObject({ code: 'ConflictException' });
    await call('DeleteModelPackage', { ModelPackageName: ModelPackageArn });
    await deletion();

    expect(await call('ListModelPackageGroups', {})).toEqual({ ModelPackageGroupSummaryList: [] });
  });
});

test('groups are listed', async () => {
  const { call } = await openGroup();

  const { ModelPackageGroupSummaryList } = await call('ListModelPackageGroups', { NameContains: 'hur' });

  expect(ModelPackageGroupSummaryList).toMatchObject([
    { ModelPackageGroupName: 'Churn', ModelPackageGroupStatus: 'Completed' },
  ]);
});

test('a package without any name is refused in few words: ValidationException', async () => {
  const { call } = await openGroup();

  await expect(call('CreateModelPackage', {})).rejects.toMatchObject({
    code: 'ValidationException',
    message: 'Missing ARN.',
  });
});

test('tags are added to any resource, read back and deleted', async () => {
  const { call } = await openJobs();
  const ResourceArn = 'arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn';
  await call('AddTags', { ResourceArn, Tags: [{ Key: 'release', Value: 'r41' }] });
  await call('AddTags', { ResourceArn, Tags: [{ Key: 'release', Value: 'r42' }] });

  expect(await call('ListTags', { ResourceArn })).toEqual({ Tags: [{ Key: 'release', Value: 'r42' }] });
  await call('DeleteTags', { ResourceArn, TagKeys: ['release', 'never'] });
  expect(await call('ListTags', { ResourceArn })).toEqual({ Tags: [] });
});
