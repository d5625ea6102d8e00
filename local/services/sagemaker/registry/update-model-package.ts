import type { Caller, Operation } from '../../../service.ts';
import { noSuchPackage } from './describe-model-package.ts';
import { type ApprovalStatus, modelPackageChanged } from './model-package.ts';
import { callerArn, type Registry } from './registry.ts';

interface Input {
  readonly ModelPackageArn: string;
  readonly ModelApprovalStatus?: ApprovalStatus;
  readonly ApprovalDescription?: string;
  readonly CustomerMetadataProperties?: Readonly<Record<string, string>>;
  readonly CustomerMetadataPropertiesToRemove?: readonly string[];
  readonly AdditionalInferenceSpecificationsToAdd?: readonly unknown[];
  readonly InferenceSpecification?: unknown;
  readonly ModelLifeCycle?: unknown;
  readonly ModelPackageRegistrationType?: unknown;
  readonly SourceUri?: string;
}

/** @throws AwsError ValidationException if the version is not there */
export const updateModelPackage =
  (registry: Registry): Operation =>
  (input: Input, caller: Caller) => {
    const version = registry.version(input.ModelPackageArn);
    if (!version) throw noSuchPackage(registry, input.ModelPackageArn);

    const updated: string[] = [];
    if (input.ModelApprovalStatus !== undefined) {
      version.approvalStatus = input.ModelApprovalStatus;
      updated.push('ModelApprovalStatus');
    }
    if (input.ApprovalDescription !== undefined) {
      version.approvalDescription = input.ApprovalDescription;
      updated.push('ApprovalDescription');
    }
    const removed = input.CustomerMetadataPropertiesToRemove ?? [];
    if (input.CustomerMetadataProperties !== undefined || removed.length > 0) {
      Object.assign(version.customerMetadata, input.CustomerMetadataProperties);
      for (const key of removed) delete version.customerMetadata[key];
      updated.push('CustomerMetadataProperties');
    }
    for (const name of [
      'InferenceSpecification',
      'ModelLifeCycle',
      'ModelPackageRegistrationType',
    ] as const) {
      if (input[name] === undefined) continue;
      version.given[name] = input[name];
      if (name !== 'ModelPackageRegistrationType') updated.push(name);
    }
    if (input.SourceUri !== undefined) {
      version.given.SourceUri = input.SourceUri;
      // The event writes this one field in lower camel case.
      updated.push('sourceUri');
    }
    if (input.AdditionalInferenceSpecificationsToAdd !== undefined) {
      const present = (version.given.AdditionalInferenceSpecifications ?? []) as unknown[];
      version.given.AdditionalInferenceSpecifications = [
        ...present,
        ...input.AdditionalInferenceSpecificationsToAdd,
      ];
    }
    version.lastModifiedMs = registry.world.clock.now();
    version.lastModifiedBy = callerArn(caller);
    modelPackageChanged(
      registry.world,
      version,
      input.ModelApprovalStatus ?? `updated: ${updated.join(', ') || 'nothing an event tells'}`,
      updated,
    );
    return { ModelPackageArn: version.arn };
  };
