import type { ProcessingRequest, TrainingRequest } from '../../services/sagemaker/jobs/requests.ts';
import type { World } from '../../world.ts';
import { imageCommand } from '../image-command.ts';
import type { ContainerJob } from '../runner.ts';
import type { Command } from './child-process.ts';

/** The command, directory and environment that SageMaker would give the container of a job. */
export function containerCommand(world: World, job: ContainerJob, baseDirectory: string): Command {
  if (job.imageUri === '') throw new Error(NOBODY_COMPILES);
  const image = world.ecr.resolve(job.imageUri);
  return imageCommand(image, words(job, image.entrypoint), baseDirectory, environment(world, job));
}

/** Neo's compiler is not on this machine. */
const NOBODY_COMPILES =
  'This world compiles with the image of the training job that made the model, and no training job made this one.';

/** A request's entrypoint and arguments take the place of the image's entrypoint and `train`. */
function words(job: ContainerJob, entrypoint: readonly string[]): readonly string[] {
  if (job.kind === 'processing') {
    const { AppSpecification } = job.request as unknown as ProcessingRequest;
    const { ContainerEntrypoint = entrypoint, ContainerArguments = [] } = AppSpecification;
    return [...ContainerEntrypoint, ...ContainerArguments];
  }
  if (job.kind === 'compilation') return [...entrypoint, 'compile'];
  const { AlgorithmSpecification } = job.request as unknown as TrainingRequest;
  const { ContainerEntrypoint, ContainerArguments } = AlgorithmSpecification;
  const usual = ContainerEntrypoint ? [] : ['train'];
  return [...(ContainerEntrypoint ?? entrypoint), ...(ContainerArguments ?? usual)];
}

function environment(world: World, job: ContainerJob): Record<string, string> {
  const { Environment = {} } = job.request as { Environment?: Record<string, string> };
  if (job.kind !== 'training') return Environment;
  return {
    ...Environment,
    TRAINING_JOB_NAME: job.name,
    TRAINING_JOB_ARN: `arn:aws:sagemaker:${world.region}:${world.accountId}:training-job/${job.name}`,
  };
}
