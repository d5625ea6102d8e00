import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, openAccount } from '../support/open-account.ts';
import { arnOf } from '../support/roles.ts';

const one = 'a'.repeat(40);
const other = 'b'.repeat(40);

let account: Account;
beforeEach(async () => {
  account = await openAccount();
});

const told = () => account.events.map(({ detail }) => detail);

describe('a push', () => {
  test('tells EventBridge where the branch was and where it is', () => {
    const { world, events } = account;

    world.codecommit.push({ repository: 'flight-delay', commit: one });
    world.codecommit.push({ repository: 'flight-delay', commit: other });

    expect(events[1]).toEqual({
      source: 'aws.codecommit',
      detailType: 'CodeCommit Repository State Change',
      resources: [arnOf('codecommit', 'flight-delay')],
      detail: {
        event: 'referenceUpdated',
        repositoryName: 'flight-delay',
        repositoryId: expect.any(String),
        referenceType: 'branch',
        referenceName: 'main',
        referenceFullName: 'refs/heads/main',
        commitId: other,
        oldCommitId: one,
        callerUserArn: world.person.arn,
      },
    });
    expect(events[0]!.detail).toMatchObject({ event: 'referenceCreated', commitId: one });
    expect(events[0]!.detail).not.toHaveProperty('oldCommitId');
  });

  test('back to an earlier commit is told like any other, one to where the branch is not at all', () => {
    const { world } = account;
    for (const commit of [one, other, one, one]) {
      world.codecommit.push({ repository: 'flight-delay', commit });
    }

    expect(told().map(({ commitId, oldCommitId }) => [oldCommitId, commitId])).toEqual([
      [undefined, one],
      [one, other],
      [other, one],
    ]);
  });
});

describe('by calls', () => {
  const repositoryName = 'flight-delay';

  test('a repository gets commits and branches, which can be read', async () => {
    const { call } = account;
    await call('CreateRepository', { repositoryName });
    const first = await call('CreateCommit', { repositoryName, branchName: 'main', commitMessage: 'first' });
    const second = await call('CreateCommit', {
      repositoryName,
      branchName: 'main',
      parentCommitId: first.commitId,
    });
    await call('CreateBranch', { repositoryName, branchName: 'old', commitId: first.commitId });

    expect(await call('GetBranch', { repositoryName, branchName: 'main' })).toEqual({
      branch: { branchName: 'main', commitId: second.commitId },
    });
    const { commit } = await call('GetCommit', { repositoryName, commitId: second.commitId });
    expect(commit).toMatchObject({ parents: [first.commitId], message: '' });
    expect(await call('ListBranches', { repositoryName })).toEqual({ branches: ['main', 'old'] });
    await call('DeleteBranch', { repositoryName, branchName: 'old' });
    expect(told().map(({ event }) => event)).toEqual([
      'referenceCreated',
      'referenceUpdated',
      'referenceCreated',
      'referenceDeleted',
    ]);
    expect((await call('ListRepositories', {})).repositories).toMatchObject([{ repositoryName }]);
  });

  test('a commit on what is not the last one is refused', async () => {
    const { call } = account;
    await call('CreateRepository', { repositoryName });
    await call('CreateCommit', { repositoryName, branchName: 'main' });

    const again = { repositoryName, branchName: 'main' };
    await expect(call('CreateCommit', again)).rejects.toMatchObject({
      code: 'ParentCommitIdRequiredException',
    });
    await expect(call('CreateCommit', { ...again, parentCommitId: other })).rejects.toMatchObject({
      code: 'ParentCommitIdOutdatedException',
    });
  });

  test.each([
    ['GetRepository', { repositoryName: 'nowhere' }, 'RepositoryDoesNotExistException'],
    ['GetBranch', { repositoryName, branchName: 'nowhere' }, 'BranchDoesNotExistException'],
    ['GetCommit', { repositoryName, commitId: one }, 'CommitIdDoesNotExistException'],
    ['CreateBranch', { repositoryName, branchName: 'a', commitId: one }, 'CommitDoesNotExistException'],
    ['CreateRepository', { repositoryName }, 'RepositoryNameExistsException'],
  ])('%s is refused where there is nothing: %j', async (operation, input, code) => {
    const { call } = account;
    await call('CreateRepository', { repositoryName });
    await expect(call(operation, input)).rejects.toMatchObject({ code });
  });
});
