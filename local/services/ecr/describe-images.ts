import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { Ecr } from './ecr.ts';
import { type ImageId, tagsOf } from './image.ts';
import { ARTIFACT_TYPE, MANIFEST_TYPE } from './manifest.ts';

interface DescribeImagesInput {
  registryId?: string;
  repositoryName: string;
  imageIds?: ImageId[];
  filter?: { tagStatus?: 'TAGGED' | 'UNTAGGED' | 'ANY' };
  maxResults?: number;
  nextToken?: string;
}

/** The named images, or all of the repository, newest last. */
export const describeImages =
  (ecr: Ecr, world: World): Operation =>
  (input: DescribeImagesInput) => {
    const repository = ecr.repository(input.repositoryName);
    const images = input.imageIds
      ? [...new Set(input.imageIds.map((id) => ecr.find(repository, id)))]
      : [...repository.images.values()];
    const details = images
      .map((image) => ({ image, tags: tagsOf(repository, image.digest) }))
      .filter(({ tags }) => {
        const status = input.filter?.tagStatus ?? 'ANY';
        return status === 'ANY' || (status === 'TAGGED') === tags.length > 0;
      });

    const from = Number(input.nextToken ?? 0);
    const until = from + (input.imageIds ? details.length : (input.maxResults ?? 100));
    return {
      imageDetails: details.slice(from, until).map(({ image, tags }) => ({
        registryId: world.accountId,
        repositoryName: repository.name,
        imageDigest: image.digest,
        ...(tags.length > 0 && { imageTags: tags }),
        imageSizeInBytes: image.sizeBytes,
        imagePushedAt: new Date(image.pushedMs),
        imageManifestMediaType: MANIFEST_TYPE,
        artifactMediaType: ARTIFACT_TYPE,
        imageStatus: 'ACTIVE',
      })),
      ...(until < details.length && { nextToken: String(until) }),
    };
  };
