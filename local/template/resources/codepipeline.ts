import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const pipeline: ResourceType = {
  properties:
    'ArtifactStore ArtifactStores DisableInboundStageTransitions ExecutionMode Name PipelineType RestartExecutionOnUpdate RoleArn Stages Tags Triggers Variables',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.Name ?? generatedName(stack, logicalId, 100);
    return { ref: name, attributes: { Version: '1' } };
  },

  async build(world, { ref, properties }) {
    const { Name, Tags, RestartExecutionOnUpdate, DisableInboundStageTransitions, ...declaration } =
      properties;
    await world.door.call({
      service: 'codepipeline',
      operation: 'CreatePipeline',
      input: { pipeline: { ...(inApiNames(declaration) as object), name: ref } },
      caller: world.person,
    });
  },
};

/** CloudFormation writes members large and takes numbers as text; an action's configuration is its own. */
const inApiNames = (value: unknown, name = ''): unknown => {
  if (name === 'configuration' || value === undefined) return value;
  if (name === 'runOrder' || name === 'timeoutInMinutes') return Number(value);
  if (Array.isArray(value)) return value.map((item) => inApiNames(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => {
        const own = key[0]!.toLowerCase() + key.slice(1);
        return [own, inApiNames(inner, own)];
      }),
  );
};

export const codePipelineTypes = { 'AWS::CodePipeline::Pipeline': pipeline };
