import { AwsError } from '../../aws-error.ts';
import type { CodeCommit } from './codecommit.ts';

/** @throws AwsError CommitIdDoesNotExistException, RepositoryDoesNotExistException */
export function getCommit(
  codecommit: CodeCommit,
  { repositoryName, commitId }: { readonly repositoryName: string; readonly commitId: string },
) {
  const commit = codecommit.repository(repositoryName).commits.get(commitId);
  if (commit === undefined) throw new AwsError('CommitIdDoesNotExistException', `${commitId} does not exist`);
  const date = `${Math.floor(commit.atMs / 1000)} +0000`;
  return {
    commit: {
      commitId: commit.id,
      parents: commit.parents,
      message: commit.message,
      author: { ...commit.author, date },
      committer: { ...commit.author, date },
    },
  };
}
