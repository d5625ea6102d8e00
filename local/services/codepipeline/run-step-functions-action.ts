import { unzipSync } from 'fflate';
import { AwsError } from '../../aws-error.ts';
import type { Caller, ServiceName } from '../../service.ts';
import type { World } from '../../world.ts';
import type { Artifact } from './job.ts';
import type { ActionRun, StepFunctionsConfiguration } from './step-functions-action.ts';
import { resolveConfiguration } from './variables.ts';

/** How often the action looks. AWS's interval is not documented. */
const LOOK_SECONDS = 30;

/** Source: CodePipeline user guide, "Quotas". */
const LONGEST_SECONDS = 7 * 24 * 3600;

/**
 * Starts the state machine in the pipeline's role and looks until it has ended. An Express machine is done when it
 * has started. After seven days the action fails; the execution goes on.
 *
 * Source: CodePipeline user guide, "AWS Step Functions invoke action reference".
 */
export async function runStepFunctionsAction(world: World, run: ActionRun): Promise<void> {
  const tell = (what: string): void => world.journal.write(`codepipeline/action/${run.id}`, what);
  try {
    await carryOut(world, run, tell);
    run.status = 'Succeeded';
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    run.status = error.code === 'TimedOut' ? 'TimedOut' : 'Failed';
    run.failure = { code: error.code, message: error.message };
  }
  tell(`${run.status}${run.failure === undefined ? '' : `: ${run.failure.message}`}`);
}

async function carryOut(world: World, run: ActionRun, tell: (what: string) => void): Promise<void> {
  const { action } = run;
  const caller: Caller =
    action.roleArn === undefined ? world.person : { arn: action.roleArn, via: 'service' };
  const call = async (operation: string, input: object, service: ServiceName = 'stepfunctions') =>
    (await world.door.call({ service, operation, input, caller })) as Record<string, unknown>;

  const configuration = resolveConfiguration(action.configuration, action.variables);
  const { StateMachineArn, ExecutionNamePrefix } = configuration;
  const { type } = await call('DescribeStateMachine', { stateMachineArn: StateMachineArn });
  const { executionArn } = (await call('StartExecution', {
    stateMachineArn: StateMachineArn,
    name: ExecutionNamePrefix === undefined ? run.id : `${ExecutionNamePrefix}-${run.id}`,
    input: await inputOf(configuration, action.inputArtifact, (input) => call('GetObject', input, 's3')),
  })) as { executionArn: string };
  tell(`started ${executionArn}`);
  run.outputVariables = { StateMachineArn };
  if (type === 'EXPRESS') return;

  run.executionArn = executionArn;
  run.outputVariables = { StateMachineArn, ExecutionArn: executionArn };
  const untilMs = world.clock.now() + LONGEST_SECONDS * 1000;
  for (;;) {
    await world.clock.sleep(LOOK_SECONDS * 1000);
    const { status, output, error, cause } = await call('DescribeExecution', { executionArn });
    if (status === 'SUCCEEDED') {
      await handOver(action.outputArtifact, String(output), (input) => call('PutObject', input, 's3'));
      return;
    }
    if (status !== 'RUNNING' && status !== 'PENDING_REDRIVE') {
      throw new AwsError(
        'JobFailed',
        [`The execution is ${status}`, error, cause].filter(Boolean).join(': '),
      );
    }
    if (world.clock.now() >= untilMs) throw new AwsError('TimedOut', 'The execution did not end in 7 days.');
  }
}

type S3Call = (input: object) => Promise<Record<string, unknown>>;

async function inputOf(
  { InputType = 'Literal', Input = '{}' }: StepFunctionsConfiguration,
  artifact: Artifact | undefined,
  getObject: S3Call,
): Promise<string> {
  if (InputType === 'Literal') return Input;
  if (artifact === undefined) throw new AwsError('ConfigurationError', 'FilePath needs an input artifact.');
  const { Body } = await getObject({ Bucket: artifact.bucketName, Key: artifact.objectKey });
  const file = filesIn(Body as Uint8Array)[Input];
  if (file === undefined) {
    throw new AwsError('ConfigurationError', `${Input} is not in the artifact ${artifact.name}.`);
  }
  return Buffer.from(file).toString('utf8');
}

const filesIn = (zip: Uint8Array): Record<string, Uint8Array> => {
  try {
    return unzipSync(zip);
  } catch {
    throw new AwsError('ConfigurationError', 'The input artifact is no zip file.');
  }
};

async function handOver(artifact: Artifact | undefined, output: string, putObject: S3Call): Promise<void> {
  if (artifact === undefined) return;
  await putObject({ Bucket: artifact.bucketName, Key: artifact.objectKey, Body: output });
}
