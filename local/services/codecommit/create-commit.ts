import { AwsError } from '../../aws-error.ts';
import type { Caller } from '../../service.ts';
import type { CodeCommit } from './codecommit.ts';

interface CreateCommitInput {
  readonly repositoryName: string;
  readonly branchName: string;
  /** The branch's last commit; nothing for the first of a repository. */
  readonly parentCommitId?: string;
  readonly commitMessage?: string;
  readonly authorName?: string;
  readonly email?: string;
  /** Kept nowhere: a commit here has no files. */
  readonly putFiles?: readonly object[];
}

/** @throws AwsError ParentCommitIdOutdatedException, ParentCommitIdRequiredException, RepositoryDoesNotExistException */
export function createCommit(codecommit: CodeCommit, input: CreateCommitInput, caller: Caller) {
  const repository = codecommit.repository(input.repositoryName);
  const last = repository.branches.get(input.branchName);
  if (last !== undefined && input.parentCommitId === undefined) {
    throw new AwsError('ParentCommitIdRequiredException', 'A parent commit ID must be specified.');
  }
  if (input.parentCommitId !== last) {
    throw new AwsError(
      'ParentCommitIdOutdatedException',
      'The parent commit ID is not the last commit of the branch.',
    );
  }
  const commit = codecommit.addCommit(repository, {
    parents: last === undefined ? [] : [last],
    message: input.commitMessage ?? '',
    author: { name: input.authorName ?? '', email: input.email ?? '' },
  });
  codecommit.moveBranch(repository, input.branchName, commit.id, caller);
  return { commitId: commit.id, treeId: commit.id, filesAdded: [], filesUpdated: [], filesDeleted: [] };
}
