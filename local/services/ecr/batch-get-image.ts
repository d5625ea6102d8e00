import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { Ecr } from './ecr.ts';
import type { ImageId } from './image.ts';
import { MANIFEST_TYPE } from './manifest.ts';

interface BatchGetImageInput {
  repositoryName: string;
  imageIds: ImageId[];
}

/** Manifests of images; one that is not there is told among the failures. @throws AwsError RepositoryNotFoundException */
export const batchGetImage =
  (ecr: Ecr, world: World): Operation =>
  ({ repositoryName, imageIds }: BatchGetImageInput) => {
    const repository = ecr.repository(repositoryName);
    const images: object[] = [];
    const failures: object[] = [];
    for (const id of imageIds) {
      try {
        const { digest, manifest } = ecr.find(repository, id);
        images.push({
          registryId: world.accountId,
          repositoryName,
          imageId: { ...id, imageDigest: digest },
          imageManifest: manifest,
          imageManifestMediaType: MANIFEST_TYPE,
        });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        failures.push(imageNotFound(id));
      }
    }
    return { images, failures };
  };

export const imageNotFound = (imageId: ImageId): object => ({
  imageId,
  failureCode: 'ImageNotFound',
  failureReason: 'Requested image not found',
});
