import { AwsError, notModelled } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { Ecr } from './ecr.ts';
import { MANIFEST_TYPE, sha256 } from './manifest.ts';

interface PutImageInput {
  repositoryName: string;
  imageManifest: string;
  imageTag?: string;
  imageDigest?: string;
}

/**
 * Gives an image that is there one more tag. Images themselves come by `push`:
 * they have files, and a manifest alone has none.
 *
 * @throws AwsError ImageAlreadyExistsException, ImageTagAlreadyExistsException, ImageDigestDoesNotMatchException
 * Source of the texts: reported (circleci-public/aws-ecr-orb#261, moby/buildkit#3776).
 */
export const putImage =
  (ecr: Ecr, world: World): Operation =>
  ({ repositoryName, imageManifest, imageTag, imageDigest }: PutImageInput) => {
    const repository = ecr.repository(repositoryName);
    const digest = sha256(imageManifest);
    if (imageDigest !== undefined && imageDigest !== digest) {
      throw new AwsError(
        'ImageDigestDoesNotMatchException',
        `The specified image digest '${imageDigest}' does not match the digest '${digest}' of the manifest`,
      );
    }
    if (!repository.images.has(digest)) throw notModelled('PutImage of an image that was never pushed');
    const isTaken = imageTag === undefined || repository.tags.get(imageTag) === digest;
    if (isTaken && !(imageTag !== undefined && repository.isImmutable)) {
      throw new AwsError(
        'ImageAlreadyExistsException',
        `Image with digest '${digest}' and tag '${imageTag ?? 'null'}' already exists in the repository with name '${repositoryName}' in registry with id '${world.accountId}'`,
      );
    }
    ecr.tag(repository, imageTag!, digest);
    return {
      image: {
        registryId: world.accountId,
        repositoryName,
        imageId: { imageDigest: digest, imageTag },
        imageManifest,
        imageManifestMediaType: MANIFEST_TYPE,
      },
    };
  };
