import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const project: ResourceType = {
  properties:
    'Artifacts AutoRetryLimit BadgeEnabled BuildBatchConfig Cache ConcurrentBuildLimit Description EncryptionKey Environment FileSystemLocations LogsConfig Name QueuedTimeoutInMinutes ResourceAccessRole SecondaryArtifacts SecondarySourceVersions SecondarySources ServiceRole Source SourceVersion Tags TimeoutInMinutes Triggers Visibility VpcConfig',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.Name ?? generatedName(stack, logicalId, 150);
    const arn = `arn:aws:codebuild:${stack.region}:${stack.accountId}:project/${name}`;
    return { ref: name, attributes: { Arn: arn } };
  },

  async build(world, { ref, properties }) {
    const { Triggers: _triggers, Visibility: _visibility, Tags: _tags, ...given } = properties;
    await world.door.call({
      service: 'codebuild',
      operation: 'CreateProject',
      input: { ...(inApiNames(given) as object), name: ref },
      caller: world.person,
    });
  },
};

const numbers = new Set(['timeoutInMinutes', 'queuedTimeoutInMinutes', 'autoRetryLimit', 'gitCloneDepth']);

/** CloudFormation writes members large and takes numbers and `true` as text; CodeBuild's API does neither. */
const inApiNames = (value: unknown, name = ''): unknown => {
  if (value === 'true' || value === 'false') return value === 'true';
  if (numbers.has(name)) return Number(value);
  if (Array.isArray(value)) return value.map((item) => inApiNames(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const own = key === 'BuildSpec' ? 'buildspec' : key[0]!.toLowerCase() + key.slice(1);
      return [own, inApiNames(inner, own)];
    }),
  );
};

export const codeBuildTypes = { 'AWS::CodeBuild::Project': project };
