import type { Operation } from '../../../service.ts';
import { type ListInput, listed } from '../listed.ts';
import type { Compilations } from './compilations.ts';

export const listCompilationJobs =
  (compilations: Compilations): Operation =>
  (input: ListInput = {}) => {
    const { page, NextToken } = listed([...compilations.jobs.values()], {
      SortOrder: 'Ascending',
      ...input,
    });
    return {
      CompilationJobSummaries: page.map(({ request: { OutputConfig: output }, ...job }) => ({
        CompilationJobName: job.name,
        CompilationJobArn: job.arn,
        CreationTime: new Date(job.createdMs),
        ...(job.startedMs === undefined ? {} : { CompilationStartTime: new Date(job.startedMs) }),
        ...(job.endedMs === undefined ? {} : { CompilationEndTime: new Date(job.endedMs) }),
        ...(output.TargetDevice === undefined ? {} : { CompilationTargetDevice: output.TargetDevice }),
        ...(output.TargetPlatform === undefined
          ? {}
          : {
              CompilationTargetPlatformOs: output.TargetPlatform.Os,
              CompilationTargetPlatformArch: output.TargetPlatform.Arch,
              ...(output.TargetPlatform.Accelerator === undefined
                ? {}
                : { CompilationTargetPlatformAccelerator: output.TargetPlatform.Accelerator }),
            }),
        LastModifiedTime: new Date(job.modifiedMs),
        CompilationJobStatus: job.status,
      })),
      ...(NextToken === undefined ? {} : { NextToken }),
    };
  };
