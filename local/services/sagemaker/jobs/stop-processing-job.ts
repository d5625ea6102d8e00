import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import type { Jobs } from './jobs.ts';

/** Sends SIGTERM to the container, SIGKILL 120 s later. @throws AwsError ValidationException for a job that has ended */
export const stopProcessingJob =
  (jobs: Jobs): Operation =>
  ({ ProcessingJobName }: { ProcessingJobName: string }) => {
    const job = jobs.processing.get(ProcessingJobName);
    if (!job) throw validationError(`Could not find requested job with name: ${ProcessingJobName}`);
    if (job.hasEnded) {
      throw validationError(
        `The request was rejected because the processing job is in status ${job.status}.`,
      );
    }
    jobs.stop('processing', ProcessingJobName);
    return {};
  };
