import type { CodeCommit } from './codecommit.ts';
import { noSuchBranch } from './repository.ts';

interface GetBranchInput {
  readonly repositoryName?: string;
  readonly branchName?: string;
}

/** @throws AwsError BranchDoesNotExistException, RepositoryDoesNotExistException */
export function getBranch(codecommit: CodeCommit, { repositoryName = '', branchName = '' }: GetBranchInput) {
  const commitId = codecommit.repository(repositoryName).branches.get(branchName);
  if (commitId === undefined) throw noSuchBranch(branchName);
  return { branch: { branchName, commitId } };
}
