import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const modelPackageGroup: ResourceType = {
  properties: 'ModelPackageGroupDescription ModelPackageGroupName ModelPackageGroupPolicy Tags',

  identify({ logicalId, properties }, { region, accountId, ...stack }) {
    const name: string =
      properties.ModelPackageGroupName ?? generatedName({ region, accountId, ...stack }, logicalId, 63);
    const arn = `arn:aws:sagemaker:${region}:${accountId}:model-package-group/${name}`;
    return { ref: arn, attributes: { ModelPackageGroupArn: arn } };
  },

  async build(world, { ref, properties }) {
    const { ModelPackageGroupPolicy: _policy, ...input } = properties;
    await world.door.call({
      service: 'sagemaker',
      operation: 'CreateModelPackageGroup',
      input: { ...input, ModelPackageGroupName: ref.split('/').at(-1) },
      caller: world.person,
    });
  },
};

export const sageMakerTypes = { 'AWS::SageMaker::ModelPackageGroup': modelPackageGroup };
