import { AwsError } from '../../aws-error.ts';
import type { ImageId } from './image.ts';

export const noSuchRepository = (name: string, registryId: string): AwsError =>
  new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  );

export const noSuchImage = (image: ImageId, repository: string, registryId: string): AwsError => {
  const shown = (text: string | undefined): string => `'${text ?? 'null'}'`;
  const id = `{imageDigest:${shown(image.imageDigest)}, imageTag:${shown(image.imageTag)}}`;
  return new AwsError(
    'ImageNotFoundException',
    `The image with imageId ${id} does not exist within the repository with name '${repository}' in the registry with id '${registryId}'`,
  );
};

export const tagIsTaken = (tag: string, repository: string): AwsError =>
  new AwsError(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${repository}' repository and cannot be overwritten because the repository is immutable.`,
  );
