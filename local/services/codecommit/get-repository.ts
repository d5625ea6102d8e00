import type { CodeCommit } from './codecommit.ts';
import type { Repository } from './repository.ts';

/** @throws AwsError RepositoryDoesNotExistException */
export const getRepository = (codecommit: CodeCommit, input: { readonly repositoryName: string }) => ({
  repositoryMetadata: repositoryDescription(codecommit, codecommit.repository(input.repositoryName)),
});

/** A repository as CreateRepository and GetRepository show it. */
export function repositoryDescription({ world }: CodeCommit, repository: Repository) {
  const { name, id, arn, description, createdMs, branches } = repository;
  const host = `git-codecommit.${world.region}.amazonaws.com/v1/repos/${name}`;
  const defaultBranch = branches.has('main') ? 'main' : [...branches.keys()][0];
  return {
    accountId: world.accountId,
    repositoryId: id,
    repositoryName: name,
    ...(description !== undefined && { repositoryDescription: description }),
    ...(defaultBranch !== undefined && { defaultBranch }),
    lastModifiedDate: new Date(createdMs),
    creationDate: new Date(createdMs),
    cloneUrlHttp: `https://${host}`,
    cloneUrlSsh: `ssh://${host}`,
    Arn: arn,
  };
}
