import { checkTagKeys } from '../models/tag-keys.ts';
import type { World } from '../world.ts';
import { resolveTemplate } from './resolve-template.ts';
import type { Stack } from './resource-type.ts';
import { resourceTypes } from './resources/index.ts';
import type { Template } from './template.ts';

export interface BuiltStack {
  /** What `Ref` gives for each resource, by its logical id. */
  readonly resources: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Roles and their policies first: whatever is built after them is asked what its role may do. */
const buildOrder = (type: string): number => {
  if (type === 'AWS::IAM::Role') return 0;
  return type.startsWith('AWS::IAM::') ? 1 : 2;
};

/**
 * Builds every resource of a template into a world.
 *
 * @throws Error naming the resource that cannot be built and why
 */
export const buildTemplate = async (world: World, template: Template): Promise<BuiltStack> => {
  const stack = stackOf(world, template);
  const { resources, outputs } = resolveTemplate(template, stack);
  const inOrder = resources
    .map((resource, index) => ({ resource, index, rank: buildOrder(resource.type) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  for (const { resource } of inOrder) {
    const type = resourceTypes[resource.type]!;
    try {
      checkTagKeys(resource.properties.Tags);
      await type.build?.(world, resource, stack, resources);
    } catch (error) {
      if ((error as Error).message.startsWith(resource.path)) throw error;
      throw new Error(`${resource.path} (${resource.type}): ${(error as Error).message}`, { cause: error });
    }
  }
  return {
    resources: Object.fromEntries(resources.map(({ logicalId, ref }) => [logicalId, ref])),
    outputs,
  };
};

export const stackOf = ({ accountId, region }: World, { stackName, directory }: Template): Stack => ({
  stackName,
  accountId,
  region,
  packageDirectory: directory,
});
