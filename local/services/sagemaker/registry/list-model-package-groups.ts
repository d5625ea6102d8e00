import type { Operation } from '../../../service.ts';
import { type ListInput, listed } from '../listed.ts';
import type { Registry } from './registry.ts';

export const listModelPackageGroups =
  (registry: Registry): Operation =>
  (input: ListInput = {}) => {
    const { page, NextToken } = listed([...registry.groups.values()], { SortOrder: 'Ascending', ...input });
    return {
      ModelPackageGroupSummaryList: page.map(({ name, arn, description, createdMs }) => ({
        ModelPackageGroupName: name,
        ModelPackageGroupArn: arn,
        ...(description === undefined ? {} : { ModelPackageGroupDescription: description }),
        CreationTime: new Date(createdMs),
        ModelPackageGroupStatus: 'Completed',
      })),
      ...(NextToken === undefined ? {} : { NextToken }),
    };
  };
