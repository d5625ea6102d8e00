import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import type { Jobs } from './jobs.ts';

/** Sends SIGTERM to the container, SIGKILL 120 s later. @throws AwsError ValidationException for a job that has ended */
export const stopTrainingJob =
  (jobs: Jobs): Operation =>
  ({ TrainingJobName }: { TrainingJobName: string }) => {
    const job = jobs.training.get(TrainingJobName);
    if (!job) throw validationError('Requested resource not found.');
    if (job.hasEnded) {
      throw validationError(`The request was rejected because the training job is in status ${job.status}.`);
    }
    jobs.stop('training', TrainingJobName);
    return {};
  };
