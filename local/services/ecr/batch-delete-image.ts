import type { Operation } from '../../service.ts';
import { imageNotFound } from './batch-get-image.ts';
import type { Ecr } from './ecr.ts';
import { type ImageId, tagsOf } from './image.ts';

interface BatchDeleteImageInput {
  repositoryName: string;
  imageIds: ImageId[];
}

/**
 * By tag: the tag goes, and with the last tag the image. By digest: the image with all its tags.
 *
 * @throws AwsError RepositoryNotFoundException
 * Source: ecr model, `BatchDeleteImage`.
 */
export const batchDeleteImage =
  (ecr: Ecr): Operation =>
  ({ repositoryName, imageIds: asked }: BatchDeleteImageInput) => {
    const repository = ecr.repository(repositoryName);
    const imageIds: object[] = [];
    const failures: object[] = [];
    for (const id of asked) {
      const { imageTag, imageDigest } = id;
      const digest = imageTag === undefined ? imageDigest : repository.tags.get(imageTag);
      if (digest === undefined || !repository.images.has(digest)) {
        failures.push(imageNotFound(id));
        continue;
      }
      if (imageDigest !== undefined && imageDigest !== digest) {
        const failureReason = 'The specified tag does not belong to the specified digest';
        failures.push({ imageId: id, failureCode: 'ImageTagDoesNotMatchDigest', failureReason });
        continue;
      }
      const tags = imageTag === undefined ? tagsOf(repository, digest) : [imageTag];
      for (const tag of tags) ecr.untag(repository, tag);
      if (tagsOf(repository, digest).length === 0) repository.images.delete(digest);
      imageIds.push(
        ...(tags.length === 0 ? [{ imageDigest: digest }] : []),
        ...tags.map((tag) => ({ imageDigest: digest, imageTag: tag })),
      );
    }
    return { imageIds, failures };
  };
