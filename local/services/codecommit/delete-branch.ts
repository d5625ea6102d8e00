import type { Caller } from '../../service.ts';
import type { CodeCommit } from './codecommit.ts';

interface DeleteBranchInput {
  readonly repositoryName: string;
  readonly branchName: string;
}

/** Deleting what is not there is no error. @throws AwsError RepositoryDoesNotExistException */
export function deleteBranch(codecommit: CodeCommit, input: DeleteBranchInput, caller: Caller) {
  const repository = codecommit.repository(input.repositoryName);
  const commitId = repository.branches.get(input.branchName);
  codecommit.moveBranch(repository, input.branchName, undefined, caller);
  return commitId === undefined ? {} : { deletedBranch: { branchName: input.branchName, commitId } };
}
