import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import type { World } from '../../../world.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { modelArtifactsUri } from '../jobs/uploads.ts';
import type { Tags } from '../tags/tags.ts';
import type { CompilationJob } from './compilation-job.ts';
import { CompilationWalk } from './compilation-walk.ts';
import { createCompilationJob } from './create-compilation-job.ts';
import { deleteCompilationJob } from './delete-compilation-job.ts';
import { describeCompilationJob } from './describe-compilation-job.ts';
import { listCompilationJobs } from './list-compilation-jobs.ts';
import { stopCompilationJob } from './stop-compilation-job.ts';

/**
 * SageMaker Neo. Its compiler is not here: with process runners the image that
 * trained the model compiles it (`local/README.md`, "Compilation").
 */
export class Compilations {
  readonly world: World;
  readonly tags: Tags;
  readonly jobs = new Map<string, CompilationJob>();
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #training: Jobs['training'];
  readonly #walks = new Map<string, CompilationWalk>();

  constructor(world: World, tags: Tags, training: Jobs['training']) {
    this.world = world;
    this.tags = tags;
    this.#training = training;
    this.operations = {
      CreateCompilationJob: createCompilationJob(this),
      DeleteCompilationJob: deleteCompilationJob(this),
      DescribeCompilationJob: describeCompilationJob(this),
      ListCompilationJobs: listCompilationJobs(this),
      StopCompilationJob: stopCompilationJob(this),
    };
  }

  /** @throws AwsError ResourceNotFound */
  job(name: string): CompilationJob {
    const job = this.jobs.get(name);
    if (job === undefined)
      throw new AwsError('ResourceNotFound', `Could not find compilation job "${this.arn(name)}".`);
    return job;
  }

  start(job: CompilationJob): void {
    this.jobs.set(job.name, job);
    const walk = new CompilationWalk(this.world, job, this.#trainedBy(job.request.InputConfig!.S3Uri));
    this.#walks.set(job.name, walk);
    void walk.run().finally(() => this.#walks.delete(job.name));
  }

  stop(name: string): void {
    this.#walks.get(name)?.stop();
  }

  arn(name: string): string {
    return `arn:aws:sagemaker:${this.world.region}:${this.world.accountId}:compilation-job/${name}`;
  }

  /** The image that trained the model; no image for a model that came another way. */
  #trainedBy(modelDataUrl: string): string {
    const job = [...this.#training.values()].find(
      ({ request }) => modelArtifactsUri(request) === modelDataUrl,
    );
    return job?.request.AlgorithmSpecification.TrainingImage ?? '';
  }
}
