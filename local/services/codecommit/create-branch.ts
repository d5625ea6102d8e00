import { AwsError } from '../../aws-error.ts';
import type { Caller } from '../../service.ts';
import type { CodeCommit } from './codecommit.ts';

interface CreateBranchInput {
  readonly repositoryName: string;
  readonly branchName: string;
  readonly commitId: string;
}

/** @throws AwsError BranchNameExistsException, CommitDoesNotExistException, RepositoryDoesNotExistException */
export function createBranch(codecommit: CodeCommit, input: CreateBranchInput, caller: Caller): undefined {
  const repository = codecommit.repository(input.repositoryName);
  if (repository.branches.has(input.branchName)) {
    throw new AwsError('BranchNameExistsException', `Branch named ${input.branchName} already exists`);
  }
  if (!repository.commits.has(input.commitId)) {
    throw new AwsError('CommitDoesNotExistException', `${input.commitId} does not exist`);
  }
  codecommit.moveBranch(repository, input.branchName, input.commitId, caller);
}
