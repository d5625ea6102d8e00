import {
  DescribeProcessingJobCommand,
  SageMakerClient,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import type { Aws } from '../../aws.ts';
import type { Allowance, CallCase } from '../../case.ts';
import { jobAllowances, processingRequest, stopProcessingLater } from '../sagemaker/jobs.ts';
import { asl, makeMachine, start, task, told, untilEnded } from './machines.ts';

const syncAllowances: readonly Allowance[] = [
  {
    Action: [
      'sagemaker:CreateProcessingJob',
      'sagemaker:DescribeProcessingJob',
      'sagemaker:StopProcessingJob',
    ],
    Resource: 'arn:aws:sagemaker:<region>:<account>:processing-job/signalbox-conform-*',
  },
  { Action: ['sagemaker:AddTags', 'sagemaker:ListTags'], Resource: '*' },
  {
    Action: ['iam:PassRole'],
    Resource: '<job-role>',
    Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  },
  {
    Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    Resource: 'arn:aws:events:<region>:<account>:rule/StepFunctionsGetEventsForSageMakerProcessingJobsRule',
  },
];

const needs = { roles: { machine: syncAllowances, job: jobAllowances }, image: true } as const;

/** A machine whose one task is a processing job that sleeps for a quarter of an hour. */
const startSleeping = async (aws: Aws, limits: object = {}) => {
  const { Tags: _tags, ...request } = processingRequest(aws, 900);
  const machine = await makeMachine(
    aws,
    asl({ Process: task('sagemaker:createProcessingJob.sync', request, limits) }),
  );
  const executionArn = await start(aws, machine);
  const ProcessingJobName = request.ProcessingJobName!;
  const status = async (): Promise<string | undefined> => {
    const describe = new DescribeProcessingJobCommand({ ProcessingJobName });
    const job = await aws
      .client(SageMakerClient)
      .send(describe)
      .catch(() => undefined);
    return job?.ProcessingJobStatus;
  };
  await aws.until('the job is there', status, { minutes: 2 });
  stopProcessingLater(aws, ProcessingJobName);
  return { executionArn, ProcessingJobName, status };
};

export const jobTaskCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/sync-of-a-stopped-job',
    title: 'A `.sync` task whose job is stopped by somebody else',
    service: 'stepfunctions',
    asks: 'whether the task succeeds or fails',
    assumed: 'it succeeds, with the stopped job as its result',
    cost: { usd: 0.02, minutes: 8 },
    needs,
    async run(aws) {
      const { executionArn, ProcessingJobName } = await startSleeping(aws);
      await aws.client(SageMakerClient).send(new StopProcessingJobCommand({ ProcessingJobName }));
      const { status, error = null, cause, output } = await untilEnded(aws, executionArn, 15);
      const job = JSON.parse(cause ?? output ?? '{}') as Record<string, string>;
      return { status: status!, error, jobStatus: job.ProcessingJobStatus ?? null };
    },
  },
  {
    id: 'stepfunctions/sync-time-out-leaves-the-job',
    title: 'A `.sync` task that runs out of its time',
    service: 'stepfunctions',
    asks: 'whether the job is stopped when the task times out',
    assumed: 'the job goes on',
    cost: { usd: 0.02, minutes: 8 },
    needs,
    async run(aws) {
      const { executionArn, status } = await startSleeping(aws, { TimeoutSeconds: 60 });
      const ended = await untilEnded(aws, executionArn, 15);
      await aws.sleep(60);
      return { ended: told(ended), jobAMinuteLater: (await status())! };
    },
  },
];
