import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { ProcessingRequest, TrainingRequest } from '../../services/sagemaker/jobs/requests.ts';
import type { World } from '../../world.ts';
import type { ContainerJob } from '../runner.ts';
import type { Command } from './child-process.ts';
import { inDirectory } from './job-directory.ts';

type Image = ReturnType<World['ecr']['resolve']> & { readonly directory: string };

/** The command, directory and environment that SageMaker would give the image's container. */
export function containerCommand(world: World, job: ContainerJob, baseDirectory: string): Command {
  const image = imageWithFiles(world, job.imageUri);
  const [program, ...rest] = words(job, image).map((word) => onThisMachine(word, image, baseDirectory));
  return {
    program: program === 'node' ? process.execPath : program!,
    arguments: rest,
    directory: image.directory,
    environment: environment(world, job, baseDirectory),
  };
}

function imageWithFiles(world: World, imageUri: string): Image {
  const image = world.ecr.resolve(imageUri);
  if (image.directory === undefined) {
    throw new Error(`${imageUri} was pushed without files: only a simulated container can run it.`);
  }
  return image as Image;
}

/** A request's entrypoint and arguments take the place of the image's entrypoint and `train`. */
function words(job: ContainerJob, image: Image): readonly string[] {
  if (job.kind === 'processing') {
    const { AppSpecification } = job.request as unknown as ProcessingRequest;
    const { ContainerEntrypoint = image.entrypoint, ContainerArguments = [] } = AppSpecification;
    return [...ContainerEntrypoint, ...ContainerArguments];
  }
  const { AlgorithmSpecification } = job.request as unknown as TrainingRequest;
  const { ContainerEntrypoint, ContainerArguments } = AlgorithmSpecification;
  const usual = ContainerEntrypoint ? [] : ['train'];
  return [...(ContainerEntrypoint ?? image.entrypoint), ...(ContainerArguments ?? usual)];
}

/** Paths below the image's working directory, or below /opt/ml, lie elsewhere without a container. */
function onThisMachine(word: string, image: Image, baseDirectory: string): string {
  const workdir = image.workdir.replace(/\/+$/, '');
  if (workdir !== '' && word.startsWith(`${workdir}/`)) {
    return join(image.directory, word.slice(workdir.length + 1));
  }
  return word.startsWith('/opt/ml/') ? inDirectory(baseDirectory, word) : word;
}

/** Nothing of this machine's own environment but where programs are. */
function environment(world: World, job: ContainerJob, baseDirectory: string): Record<string, string> {
  const { Environment = {} } = job.request as { Environment?: Record<string, string> };
  const path = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter).filter(isAbsolute)];
  const needed: Record<string, string> = { PATH: path.join(delimiter) };
  // Windows starts no program without it.
  if (process.env.SystemRoot) needed.SystemRoot = process.env.SystemRoot;
  return {
    ...needed,
    ...Environment,
    ...(job.kind === 'training'
      ? {
          TRAINING_JOB_NAME: job.name,
          TRAINING_JOB_ARN: `arn:aws:sagemaker:${world.region}:${world.accountId}:training-job/${job.name}`,
        }
      : {}),
    SAGEMAKER_BASE_DIR: baseDirectory,
  };
}
