import type { Operation } from '../../../service.ts';
import { type ListInput, listed } from '../listed.ts';
import { cut } from './failure-reason.ts';
import type { Jobs } from './jobs.ts';

export const listProcessingJobs =
  (jobs: Jobs): Operation =>
  (input: ListInput = {}) => {
    const { page, NextToken } = listed([...jobs.processing.values()], { SortOrder: 'Ascending', ...input });
    return {
      ProcessingJobSummaries: page.map((job) => ({
        ProcessingJobName: job.name,
        ProcessingJobArn: job.arn,
        CreationTime: new Date(job.createdMs),
        ...(job.endedMs === undefined ? {} : { ProcessingEndTime: new Date(job.endedMs) }),
        LastModifiedTime: new Date(job.modifiedMs),
        ProcessingJobStatus: job.status,
        ...(job.failureReason === undefined ? {} : { FailureReason: cut(job.failureReason) }),
        ...(job.exitMessage === undefined ? {} : { ExitMessage: cut(job.exitMessage) }),
      })),
      ...(NextToken === undefined ? {} : { NextToken }),
    };
  };
