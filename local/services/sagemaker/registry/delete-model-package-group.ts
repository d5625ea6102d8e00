import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import { noSuchGroup } from './describe-model-package-group.ts';
import type { Registry } from './registry.ts';

/**
 * Only an empty group goes.
 *
 * @throws AwsError ConflictException while it has versions (the message's words are ours), ValidationException
 */
export const deleteModelPackageGroup =
  (registry: Registry): Operation =>
  ({ ModelPackageGroupName }: { ModelPackageGroupName: string }) => {
    const group = registry.group(ModelPackageGroupName);
    if (!group) throw noSuchGroup(registry, ModelPackageGroupName);
    if (group.versions.size > 0) {
      throw new AwsError(
        'ConflictException',
        `ModelPackageGroup ${group.arn} cannot be deleted because it still contains ModelPackages.`,
      );
    }
    registry.groups.delete(group.name);
    registry.world.journal.write(`sagemaker/model-package-group/${group.name}`, 'deleted');
    return {};
  };
