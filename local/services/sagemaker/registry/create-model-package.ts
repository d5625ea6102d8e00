import { notModelled, validationError } from '../../../aws-error.ts';
import { copyOf } from '../../../copy.ts';
import type { Caller, Operation } from '../../../service.ts';
import { noSuchGroup } from './describe-model-package-group.ts';
import { type ModelPackage, type ModelPackageRequest, modelPackageChanged } from './model-package.ts';
import { callerArn, type Registry } from './registry.ts';

/**
 * Adds a version to a group. A repeat with the same ClientToken answers with
 * the version that the first call made.
 *
 * @throws AwsError ValidationException
 */
export const createModelPackage =
  (registry: Registry): Operation =>
  (input: ModelPackageRequest, caller: Caller) => {
    const { ClientToken, Tags, ModelPackageGroupName, ModelPackageName, ...given } = copyOf(input);
    const known = ClientToken === undefined ? undefined : registry.byClientToken.get(ClientToken);
    if (known) return { ModelPackageArn: known.arn };

    if (ModelPackageGroupName !== undefined && ModelPackageName !== undefined) {
      throw validationError(
        'Both ModelPackageName and ModelPackageGroupName are provided in the input. Cannot determine which one to use.',
      );
    }
    if (ModelPackageName !== undefined) throw notModelled('A model package outside a group');
    // AWS says no more where both names are missing.
    if (ModelPackageGroupName === undefined) throw validationError('Missing ARN.');
    if (Tags && Tags.length > 0) {
      throw validationError('Tags cannot be given for a versioned model package: tag its group.');
    }
    const group = registry.group(ModelPackageGroupName);
    if (!group) throw noSuchGroup(registry, ModelPackageGroupName);

    const { ModelApprovalStatus = 'PendingManualApproval', CustomerMetadataProperties, ...rest } = given;
    group.lastVersion += 1;
    const number = group.lastVersion;
    const version: ModelPackage = {
      // AWS may write the group in lower case here (unconfirmed): nobody should build this ARN.
      arn: registry.arn('model-package', `${group.name}/${number}`),
      groupName: group.name,
      version: number,
      createdMs: registry.world.clock.now(),
      createdBy: callerArn(caller),
      lastModifiedMs: undefined,
      lastModifiedBy: undefined,
      approvalStatus: ModelApprovalStatus,
      approvalDescription: undefined,
      customerMetadata: { ...CustomerMetadataProperties },
      given: rest,
    };
    group.versions.set(number, version);
    if (ClientToken !== undefined) registry.byClientToken.set(ClientToken, version);
    modelPackageChanged(registry.world, version, `Completed, ${ModelApprovalStatus}`, []);
    return { ModelPackageArn: version.arn };
  };
