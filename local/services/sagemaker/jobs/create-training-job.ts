import { AwsError, notModelled } from '../../../aws-error.ts';
import { copyOf } from '../../../copy.ts';
import type { Operation } from '../../../service.ts';
import {
  checkClassicMembers,
  checkLimits,
  checkSpot,
  checkTrainingInputs,
} from './check-training-request.ts';
import type { Jobs } from './jobs.ts';
import type { TrainingRequest } from './requests.ts';
import { TrainingJob } from './training-job.ts';

/** @throws AwsError ValidationException, ResourceInUse */
export const createTrainingJob =
  (jobs: Jobs): Operation =>
  (input: TrainingRequest) => {
    if (input.ServerlessJobConfig !== undefined) throw notModelled('ServerlessJobConfig');
    checkClassicMembers(input);
    checkLimits(input);
    checkSpot(input);
    const arn = jobs.arn('training', input.TrainingJobName);
    if (jobs.training.has(input.TrainingJobName)) {
      throw new AwsError(
        'ResourceInUse',
        `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
      );
    }
    checkTrainingInputs(jobs.world, input);

    const { Tags, ...request } = copyOf(input);
    jobs.tags.add(arn, Tags ?? []);
    jobs.startTraining(new TrainingJob(jobs.world, arn, request, () => jobs.tags.of(arn)));
    return { TrainingJobArn: arn };
  };
