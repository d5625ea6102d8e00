import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import { modelPackageDescription } from './model-package.ts';
import type { Registry } from './registry.ts';

/** @throws AwsError ValidationException if the version is not there */
export const describeModelPackage =
  (registry: Registry): Operation =>
  ({ ModelPackageName }: { ModelPackageName: string }) => {
    const version = registry.version(ModelPackageName);
    if (!version) throw noSuchPackage(registry, ModelPackageName);
    return modelPackageDescription(version);
  };

export const noSuchPackage = (registry: Registry, arnOrName: string): Error =>
  validationError(`ModelPackage ${registry.arn('model-package', arnOrName)} does not exist.`);
