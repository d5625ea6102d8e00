import { validationError } from '../../../aws-error.ts';
import type { Caller, Operation } from '../../../service.ts';
import type { Tag } from '../tags/tags.ts';
import { callerArn, type Registry } from './registry.ts';

interface Input {
  readonly ModelPackageGroupName: string;
  readonly ModelPackageGroupDescription?: string;
  readonly Tags?: readonly Tag[];
}

/** @throws AwsError ValidationException if the group is there */
export const createModelPackageGroup =
  (registry: Registry): Operation =>
  ({ ModelPackageGroupName: name, ModelPackageGroupDescription, Tags }: Input, caller: Caller) => {
    const arn = registry.arn('model-package-group', name);
    if (registry.groups.has(name)) {
      throw validationError(`Model Package Group already exists: ${arn}`);
    }
    registry.groups.set(name, {
      name,
      arn,
      description: ModelPackageGroupDescription,
      createdMs: registry.world.clock.now(),
      createdBy: callerArn(caller),
      versions: new Map(),
      lastVersion: 0,
    });
    registry.tags.add(arn, Tags ?? []);
    registry.world.journal.write(`sagemaker/model-package-group/${name}`, 'Completed');
    return { ModelPackageGroupArn: arn };
  };
