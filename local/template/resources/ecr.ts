import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const repository: ResourceType = {
  properties:
    'EmptyOnDelete EncryptionConfiguration ImageScanningConfiguration ImageTagMutability ImageTagMutabilityExclusionFilters LifecyclePolicy RepositoryName RepositoryPolicyText Tags',

  identify({ logicalId, properties }, { accountId, region, ...stack }) {
    const name: string =
      properties.RepositoryName ??
      generatedName({ accountId, region, ...stack }, logicalId, 256).toLowerCase();
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
        RepositoryUri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
      },
    };
  },

  build(world, { ref }) {
    world.ecr.createRepository(ref);
  },
};

export const ecrTypes = { 'AWS::ECR::Repository': repository };
