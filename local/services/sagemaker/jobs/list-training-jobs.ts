import type { Operation } from '../../../service.ts';
import { type ListInput, listed } from '../listed.ts';
import type { Jobs } from './jobs.ts';

/**
 * A page is cut first and searched for the status afterwards, so a page may
 * be short, or empty, while another follows. Source: sagemaker model, `ListTrainingJobs`.
 */
export const listTrainingJobs =
  (jobs: Jobs): Operation =>
  ({ StatusEquals, ...input }: ListInput = {}) => {
    const all = [...jobs.training.values()];
    const { page, NextToken } = listed(all, { SortOrder: 'Ascending', ...input });
    return {
      TrainingJobSummaries: page
        .filter(({ status }) => (StatusEquals ?? status) === status)
        .map((job) => ({
          TrainingJobName: job.name,
          TrainingJobArn: job.arn,
          CreationTime: new Date(job.createdMs),
          ...(job.endedMs === undefined ? {} : { TrainingEndTime: new Date(job.endedMs) }),
          LastModifiedTime: new Date(job.modifiedMs),
          TrainingJobStatus: job.status,
          SecondaryStatus: job.secondaryStatus,
        })),
      ...(NextToken === undefined ? {} : { NextToken }),
    };
  };
