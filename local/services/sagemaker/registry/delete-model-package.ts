import type { Operation } from '../../../service.ts';
import { noSuchPackage } from './describe-model-package.ts';
import type { Registry } from './registry.ts';

/** Models that were made from it go on serving. @throws AwsError ValidationException if the version is not there */
export const deleteModelPackage =
  (registry: Registry): Operation =>
  ({ ModelPackageName }: { ModelPackageName: string }) => {
    const version = registry.version(ModelPackageName);
    if (!version) throw noSuchPackage(registry, ModelPackageName);
    registry.group(version.groupName)!.versions.delete(version.version);
    const subject = `sagemaker/model-package/${version.groupName}/${version.version}`;
    registry.world.journal.write(subject, 'deleted');
    return {};
  };
