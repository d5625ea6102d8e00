import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import { type Registry, userContext } from './registry.ts';

/** @throws AwsError ValidationException if the group is not there */
export const describeModelPackageGroup =
  (registry: Registry): Operation =>
  ({ ModelPackageGroupName }: { ModelPackageGroupName: string }) => {
    const group = registry.group(ModelPackageGroupName);
    if (!group) throw noSuchGroup(registry, ModelPackageGroupName);
    return {
      ModelPackageGroupName: group.name,
      ModelPackageGroupArn: group.arn,
      ...(group.description === undefined ? {} : { ModelPackageGroupDescription: group.description }),
      CreationTime: new Date(group.createdMs),
      CreatedBy: userContext(group.createdBy),
      ModelPackageGroupStatus: 'Completed',
    };
  };

export const noSuchGroup = (registry: Registry, arnOrName: string): Error =>
  validationError(`ModelPackageGroup ${registry.arn('model-package-group', arnOrName)} does not exist.`);
