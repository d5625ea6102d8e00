import { AwsError } from '../../aws-error.ts';
import type { CodeCommit } from './codecommit.ts';
import { repositoryDescription } from './get-repository.ts';

interface CreateRepositoryInput {
  readonly repositoryName: string;
  readonly repositoryDescription?: string;
}

/** @throws AwsError RepositoryNameExistsException */
export function createRepository(codecommit: CodeCommit, input: CreateRepositoryInput) {
  const { repositoryName: name } = input;
  if (codecommit.repositories.has(name)) {
    throw new AwsError('RepositoryNameExistsException', `Repository named ${name} already exists`);
  }
  const repository = codecommit.addRepository(name, input.repositoryDescription);
  return { repositoryMetadata: repositoryDescription(codecommit, repository) };
}
