import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import { epochMs } from '../listed.ts';
import { noSuchGroup } from './describe-model-package-group.ts';
import { type ApprovalStatus, type ModelPackage, modelPackageDescription } from './model-package.ts';
import type { Registry } from './registry.ts';

interface Input {
  readonly ModelPackageGroupName?: string;
  readonly ModelApprovalStatus?: ApprovalStatus;
  readonly NameContains?: string;
  readonly CreationTimeAfter?: string | number | Date;
  readonly CreationTimeBefore?: string | number | Date;
  readonly SortBy?: 'Name' | 'CreationTime';
  readonly SortOrder?: 'Ascending' | 'Descending';
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const IN_SUMMARY = [
  'ModelPackageGroupName',
  'ModelPackageVersion',
  'ModelPackageArn',
  'ModelPackageDescription',
  'CreationTime',
  'ModelPackageStatus',
  'ModelApprovalStatus',
  'ModelLifeCycle',
  'ModelPackageRegistrationType',
] as const;

/** Oldest first unless asked otherwise; versions of one moment stand in their order. */
export const listModelPackages =
  (registry: Registry): Operation =>
  (input: Input = {}) => {
    const found = matching(registry, input).sort(byOrder(input));
    const start = input.NextToken === undefined ? 0 : position(input.NextToken);
    const end = start + (input.MaxResults ?? 100);
    return {
      ModelPackageSummaryList: found.slice(start, end).map(summary),
      ...(end < found.length ? { NextToken: Buffer.from(`from ${end}`).toString('base64') } : {}),
    };
  };

function matching(registry: Registry, input: Input): ModelPackage[] {
  let groups = [...registry.groups.values()];
  if (input.ModelPackageGroupName !== undefined) {
    const group = registry.group(input.ModelPackageGroupName);
    if (!group) throw noSuchGroup(registry, input.ModelPackageGroupName);
    groups = [group];
  }
  return groups
    .flatMap(({ versions }) => [...versions.values()])
    .filter(
      ({ approvalStatus, groupName, createdMs }) =>
        (input.ModelApprovalStatus === undefined || approvalStatus === input.ModelApprovalStatus) &&
        (input.NameContains === undefined || groupName.includes(input.NameContains)) &&
        (input.CreationTimeAfter === undefined || createdMs > epochMs(input.CreationTimeAfter)) &&
        (input.CreationTimeBefore === undefined || createdMs < epochMs(input.CreationTimeBefore)),
    );
}

function byOrder({ SortBy = 'CreationTime', SortOrder = 'Ascending' }: Input) {
  const sign = SortOrder === 'Ascending' ? 1 : -1;
  return (a: ModelPackage, b: ModelPackage): number => {
    const byName = a.groupName < b.groupName ? -1 : a.groupName > b.groupName ? 1 : 0;
    const first = SortBy === 'Name' ? byName : a.createdMs - b.createdMs;
    return sign * (first || a.version - b.version || byName);
  };
}

function position(token: string): number {
  const match = /^from (\d+)$/.exec(Buffer.from(token, 'base64').toString());
  if (!match) throw validationError('Invalid NextToken.');
  return Number(match[1]);
}

function summary(version: ModelPackage): Record<string, unknown> {
  const description = modelPackageDescription(version);
  return Object.fromEntries(
    IN_SUMMARY.flatMap((name) => (description[name] === undefined ? [] : [[name, description[name]]])),
  );
}
