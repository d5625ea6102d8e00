import { AwsError } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { acknowledgeJob } from './acknowledge-job.ts';
import { createPipeline } from './create-pipeline.ts';
import { getJobDetails } from './get-job-details.ts';
import { getPipeline } from './get-pipeline.ts';
import type { Job, LambdaAction } from './job.ts';
import { jobEvent } from './job-event.ts';
import type { PipelineDeclaration } from './pipeline.ts';
import { pollForJobs } from './poll-for-jobs.ts';
import { putJobFailureResult } from './put-job-failure-result.ts';
import { putJobSuccessResult } from './put-job-success-result.ts';
import { runStepFunctionsAction } from './run-step-functions-action.ts';
import type { ActionRun, StepFunctionsAction } from './step-functions-action.ts';
import { resolveConfiguration } from './variables.ts';

/** After an answer with a continuation token. AWS's interval is not documented. */
const CALL_AGAIN_SECONDS = 30;

/** A function that answers nothing for so long has failed. Source: CodePipeline user guide, "Quotas". */
const PATIENCE_SECONDS = 20 * 60;

/** With as many continuation tokens as it likes. Source: CodePipeline user guide, "Quotas". */
const LONGEST_MS = 24 * 3_600_000;

/** CodePipeline's Lambda and Step Functions actions. Pipelines are declared, but it takes a test or a person to carry one out. */
export class CodePipeline implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly jobs = new Map<string, Job>();
  readonly pipelines = new Map<string, PipelineDeclaration>();
  readonly world: World;
  readonly #ids: Random;

  constructor(world: World) {
    this.world = world;
    this.#ids = world.random.stream('codepipeline/jobs');
    this.operations = {
      AcknowledgeJob: (input) => acknowledgeJob(this, input),
      CreatePipeline: (input) => createPipeline(this, input),
      GetJobDetails: (input) => getJobDetails(this, input),
      GetPipeline: (input) => getPipeline(this, input),
      PollForJobs: pollForJobs,
      PutJobFailureResult: (input) => putJobFailureResult(this, input),
      PutJobSuccessResult: (input) => putJobSuccessResult(this, input),
    };
  }

  /** Gives a function a job, as a pipeline does when it comes to a Lambda action. Its result shows in the job. */
  invoke(action: LambdaAction): Job {
    const { UserParameters: userParameters } = resolveConfiguration(
      { UserParameters: action.userParameters },
      action.variables,
    );
    const job: Job = {
      id: this.#ids.uuid(),
      action: { ...action, userParameters },
      startedMs: this.world.clock.now(),
      status: 'InProgress',
      calls: 0,
      continuationToken: undefined,
      outputVariables: {},
      executionDetails: undefined,
      failure: undefined,
    };
    this.jobs.set(job.id, job);
    void this.#call(job);
    return job;
  }

  /** Starts a state machine, as a pipeline does when it comes to a Step Functions action. A retried stage does it again. */
  startStepFunctionsAction(action: StepFunctionsAction): ActionRun {
    const run: ActionRun = {
      id: this.#ids.uuid(),
      action,
      status: 'InProgress',
      executionArn: undefined,
      outputVariables: {},
      failure: undefined,
    };
    void runStepFunctionsAction(this.world, run);
    return run;
  }

  /** @throws AwsError JobNotFoundException, InvalidJobStateException for a job that has ended (AWS's texts are not known) */
  openJob(id: string): Job {
    const job = this.job(id);
    if (job.status !== 'InProgress') {
      throw new AwsError('InvalidJobStateException', `Job ${id} has ended: it is ${job.status}.`);
    }
    return job;
  }

  /** @throws AwsError JobNotFoundException */
  job(id: string): Job {
    const job = this.jobs.get(id);
    if (job === undefined) throw new AwsError('JobNotFoundException', `Could not find job ${id}.`);
    return job;
  }

  end(job: Job, status: Exclude<Job['status'], 'InProgress'>, what = ''): void {
    job.timer?.cancel();
    job.status = status;
    this.#journal(job, `${status}${what && `: ${what}`}`);
  }

  /** The function asked to be called again. */
  goOn(job: Job, continuationToken: string): void {
    job.continuationToken = continuationToken;
    this.#journal(job, 'goes on later');
    if (this.world.clock.now() >= job.startedMs + LONGEST_MS) {
      this.#fail(job, 'TimedOut', 'The action took longer than 24 hours.');
      return;
    }
    this.#after(job, CALL_AGAIN_SECONDS, () => void this.#call(job));
  }

  async #call(job: Job): Promise<void> {
    const { functionName, roleArn } = job.action;
    job.calls += 1;
    this.#journal(job, `given to ${functionName}`);
    this.#after(job, PATIENCE_SECONDS, () => this.#fail(job, 'TimedOut', 'The function did not answer.'));
    const input = {
      FunctionName: functionName,
      InvocationType: 'Event',
      Payload: JSON.stringify(jobEvent(this.world, job)),
    };
    const caller = roleArn === undefined ? this.world.person : ({ arn: roleArn, via: 'service' } as const);
    try {
      await this.world.door.call({ service: 'lambda', operation: 'Invoke', input, caller });
    } catch (error) {
      this.#fail(job, 'Failed', (error as Error).message);
    }
  }

  #fail(job: Job, status: 'Failed' | 'TimedOut', message: string): void {
    if (job.status !== 'InProgress') return;
    job.failure = { type: 'JobFailed', message };
    this.end(job, status, message);
  }

  #after(job: Job, seconds: number, action: () => void): void {
    job.timer?.cancel();
    job.timer = this.world.clock.at(this.world.clock.now() + seconds * 1000, action);
  }

  #journal(job: Job, what: string): void {
    this.world.journal.write(`codepipeline/job/${job.id}`, what);
  }
}
