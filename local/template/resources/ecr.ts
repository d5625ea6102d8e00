import type { PolicyDocument } from '../../iam/policy.ts';
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

  build(world, { ref, attributes, properties }) {
    world.ecr.createRepository(ref, { isImmutable: properties.ImageTagMutability === 'IMMUTABLE' });
    const policy = properties.RepositoryPolicyText;
    if (policy !== undefined)
      world.iam.setResourcePolicy(attributes!.Arn!, withResource(policy, attributes!.Arn!));
  },
};

/** A repository's policy names no resource: it speaks of the repository on which it hangs. */
const withResource = (policy: PolicyDocument, Resource: string): PolicyDocument => ({
  ...policy,
  Statement: [policy.Statement].flat().map((statement) => ({ ...statement, Resource })),
});

export const ecrTypes = { 'AWS::ECR::Repository': repository };
