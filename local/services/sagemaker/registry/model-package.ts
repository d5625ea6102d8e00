import type { World } from '../../../world.ts';
import { userContext } from './registry.ts';

export type ApprovalStatus = 'Approved' | 'Rejected' | 'PendingManualApproval';

/** What the caller of CreateModelPackage wrote; mostly kept and echoed. */
export interface ModelPackageRequest {
  readonly ModelPackageGroupName?: string;
  readonly ModelPackageName?: string;
  readonly ModelPackageDescription?: string;
  readonly ModelApprovalStatus?: ApprovalStatus;
  readonly ClientToken?: string;
  readonly CustomerMetadataProperties?: Readonly<Record<string, string>>;
  readonly Tags?: readonly unknown[];
  readonly [member: string]: unknown;
}

/** One version of a model in a group. */
export interface ModelPackage {
  readonly arn: string;
  readonly groupName: string;
  readonly version: number;
  readonly createdMs: number;
  readonly createdBy: string;
  lastModifiedMs: number | undefined;
  lastModifiedBy: string | undefined;
  approvalStatus: ApprovalStatus;
  approvalDescription: string | undefined;
  customerMetadata: Record<string, string>;
  /** The other members of the request, as later updates left them. */
  readonly given: Record<string, unknown>;
}

const ECHOED = [
  'AdditionalInferenceSpecifications',
  'Domain',
  'DriftCheckBaselines',
  'InferenceSpecification',
  'MetadataProperties',
  'ModelCard',
  'ModelLifeCycle',
  'ModelMetrics',
  'ModelPackageDescription',
  'ModelPackageRegistrationType',
  'SamplePayloadUrl',
  'SecurityConfig',
  'SkipModelValidation',
  'SourceAlgorithmSpecification',
  'SourceUri',
  'Task',
  'ValidationSpecification',
] as const;

/** @see DescribeModelPackage in the API model */
export function modelPackageDescription(version: ModelPackage): Record<string, unknown> {
  const description: Record<string, unknown> = {
    // The model makes it a required member; a version has no name but its group's.
    ModelPackageName: version.groupName,
    ModelPackageGroupName: version.groupName,
    ModelPackageVersion: version.version,
    ModelPackageArn: version.arn,
    CreationTime: new Date(version.createdMs),
    // Validation is asked for only by marketplace packages: without it a version is complete at once.
    ModelPackageStatus: 'Completed',
    ModelPackageStatusDetails: { ValidationStatuses: [], ImageScanStatuses: [] },
    CertifyForMarketplace: version.given.CertifyForMarketplace ?? false,
    ModelApprovalStatus: version.approvalStatus,
    CreatedBy: userContext(version.createdBy),
  };
  for (const name of ECHOED) {
    if (version.given[name] !== undefined) description[name] = version.given[name];
  }
  if (Object.keys(version.customerMetadata).length > 0) {
    description.CustomerMetadataProperties = { ...version.customerMetadata };
  }
  if (version.approvalDescription !== undefined)
    description.ApprovalDescription = version.approvalDescription;
  if (version.lastModifiedMs !== undefined) {
    description.LastModifiedTime = new Date(version.lastModifiedMs);
    description.LastModifiedBy = userContext(version.lastModifiedBy ?? version.createdBy);
  }
  return description;
}

/** Tells the diary and EventBridge. Unlike job events, these carry their times as ISO text. */
export function modelPackageChanged(
  world: World,
  version: ModelPackage,
  what: string,
  updatedFields: readonly string[],
): void {
  world.journal.write(`sagemaker/model-package/${version.groupName}/${version.version}`, what);
  const description = modelPackageDescription(version);
  const detail: Record<string, unknown> = {};
  for (const name of IN_EVENT) {
    const value = description[name];
    if (value !== undefined) detail[name] = value instanceof Date ? value.toISOString() : value;
  }
  world.events.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Model Package State Change',
    resources: [version.arn],
    detail: { ...detail, UpdatedModelPackageFields: updatedFields },
  });
}

const IN_EVENT = [
  'ModelPackageGroupName',
  'ModelPackageVersion',
  'ModelPackageArn',
  'ModelPackageDescription',
  'CreationTime',
  'LastModifiedTime',
  'InferenceSpecification',
  'ModelPackageStatus',
  'ModelPackageStatusDetails',
  'ModelApprovalStatus',
  'ApprovalDescription',
  'ModelMetrics',
  'MetadataProperties',
  'CustomerMetadataProperties',
  'ModelLifeCycle',
] as const;
