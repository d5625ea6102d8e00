import type { CodeCommit } from './codecommit.ts';

/** @throws AwsError RepositoryDoesNotExistException */
export const listBranches = (codecommit: CodeCommit, input: { readonly repositoryName: string }) => ({
  branches: [...codecommit.repository(input.repositoryName).branches.keys()].sort(),
});
