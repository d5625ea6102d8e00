import {
  CreateProcessingJobCommand,
  CreateTrainingJobCommand,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  SageMakerClient,
  StopProcessingJobCommand,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import type { CallCase } from '../../case.ts';
import {
  makeTrainingBucket,
  process,
  processed,
  processingRequest,
  train,
  trained,
  trainingRequest,
  withJobs,
} from './jobs.ts';

export const jobCases: readonly CallCase[] = [
  {
    id: 'sagemaker/job-refusals',
    title: 'What SageMaker refuses of jobs',
    service: 'sagemaker',
    asks: 'codes and texts of unknown jobs, long names, missing data and unknown instance types',
    assumed: '`ValidationException` with published texts',
    cost: { usd: 0, minutes: 1 },
    needs: withJobs,
    async run(aws) {
      const sagemaker = aws.client(SageMakerClient);
      const Bucket = await makeTrainingBucket(aws);
      // Should one be taken against all expectation, it is stopped at the end.
      const create = (more: object) => aws.refusal(train(aws, { ...trainingRequest(aws, Bucket), ...more }));
      const TrainingJobName = aws.name('gone');
      return {
        unknownTraining: await aws.refusal(
          sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName })),
        ),
        stopUnknown: await aws.refusal(sagemaker.send(new StopTrainingJobCommand({ TrainingJobName }))),
        unknownProcessing: await aws.refusal(
          sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: aws.name('gone') })),
        ),
        longName: await create({ TrainingJobName: 'x'.repeat(64) }),
        badName: await create({ TrainingJobName: 'a_b' }),
        unknownInstance: await create({
          ResourceConfig: { InstanceType: 'ml.none', InstanceCount: 1, VolumeSizeInGB: 5 },
        }),
        noData: await create({
          InputDataConfig: [
            {
              ChannelName: 'train',
              DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${Bucket}/nothing/` } },
            },
          ],
        }),
        waitShorterThanRuntime: await create({
          EnableManagedSpotTraining: true,
          StoppingCondition: { MaxRuntimeInSeconds: 900, MaxWaitTimeInSeconds: 600 },
        }),
      };
    },
  },
  {
    id: 'sagemaker/wait-without-spot',
    title: 'A wait limit without Spot',
    service: 'sagemaker',
    asks: 'whether `MaxWaitTimeInSeconds` is refused where Spot is off; should it be taken, the job is stopped at once',
    assumed: 'refused',
    cost: { usd: 0.02, minutes: 3 },
    needs: withJobs,
    async run(aws) {
      const Bucket = await makeTrainingBucket(aws);
      const StoppingCondition = { MaxRuntimeInSeconds: 600, MaxWaitTimeInSeconds: 900 };
      return {
        wait: await aws.refusal(train(aws, trainingRequest(aws, Bucket, { StoppingCondition }))),
      };
    },
  },
  {
    id: 'sagemaker/processing-job',
    title: 'A processing job without a time limit',
    service: 'sagemaker',
    asks: 'the default of `MaxRuntimeInSeconds`, what Describe tells, and reuse of the name',
    assumed: 'no limit is told; the name is `ResourceInUse`',
    cost: { usd: 0.02, minutes: 8 },
    needs: withJobs,
    async run(aws) {
      const sagemaker = aws.client(SageMakerClient);
      const request = processingRequest(aws, 1);
      await process(aws, request);
      const again = await aws.refusal(sagemaker.send(new CreateProcessingJobCommand(request)));
      const job = await processed(aws, request.ProcessingJobName!);
      const stopped = await aws.refusal(
        sagemaker.send(new StopProcessingJobCommand({ ProcessingJobName: request.ProcessingJobName! })),
      );
      return {
        status: job.ProcessingJobStatus!,
        maxRuntimeInSeconds: job.StoppingCondition?.MaxRuntimeInSeconds ?? null,
        hasExitMessage: job.ExitMessage !== undefined,
        again,
        stopped,
      };
    },
  },
  {
    id: 'sagemaker/training-job',
    title: 'A training job walks through its statuses',
    service: 'sagemaker',
    asks: 'secondary statuses and their messages, which times training and billing count',
    assumed: 'training counts from Downloading to the end; billing is the same without Spot',
    cost: { usd: 0.03, minutes: 10 },
    needs: withJobs,
    async run(aws) {
      const Bucket = await makeTrainingBucket(aws);
      const request = trainingRequest(aws, Bucket);
      await train(aws, request);
      const again = await aws.refusal(
        aws.client(SageMakerClient).send(new CreateTrainingJobCommand(request)),
      );
      const job = await trained(aws, request.TrainingJobName!);
      const walk = job.SecondaryStatusTransitions!;
      const downloading = walk.find(({ Status }) => Status === 'Downloading')!.StartTime!.getTime();
      const countsFromDownloading =
        Math.abs((job.TrainingEndTime!.getTime() - downloading) / 1000 - job.TrainingTimeInSeconds!) <= 5;
      return {
        status: job.TrainingJobStatus!,
        secondaryStatus: job.SecondaryStatus!,
        walk: walk.map(({ Status, StatusMessage }) => `${Status}: ${StatusMessage}`),
        countsFromDownloading,
        billedAsTrained: job.BillableTimeInSeconds === job.TrainingTimeInSeconds,
        artifact: job.ModelArtifacts!.S3ModelArtifacts!,
        again,
        stopped: await aws.refusal(
          aws
            .client(SageMakerClient)
            .send(new StopTrainingJobCommand({ TrainingJobName: job.TrainingJobName! })),
        ),
      };
    },
  },
  {
    id: 'sagemaker/runtime-limit',
    title: 'A training job that reaches its time limit',
    service: 'sagemaker',
    asks: 'status, secondary status and reason at the limit, and whether a model is there',
    assumed: '`Stopped` / `MaxRuntimeExceeded`',
    cost: { usd: 0.04, minutes: 12 },
    needs: withJobs,
    async run(aws) {
      const Bucket = await makeTrainingBucket(aws);
      const request = trainingRequest(aws, Bucket, {
        rounds: 100_000_000,
        StoppingCondition: { MaxRuntimeInSeconds: 90 },
      });
      await train(aws, request);
      const job = await trained(aws, request.TrainingJobName!);
      return {
        status: job.TrainingJobStatus!,
        secondaryStatus: job.SecondaryStatus!,
        failureReason: job.FailureReason ?? null,
        walk: job.SecondaryStatusTransitions!.map(({ Status }) => Status!),
      };
    },
  },
  {
    id: 'sagemaker/spot-and-stop',
    title: 'A Spot training job that is stopped',
    service: 'sagemaker',
    asks: 'what a stopped job tells of its times and its saving',
    assumed: '`Stopped`, both times told',
    cost: { usd: 0.03, minutes: 15 },
    needs: { ...withJobs, account: [`a quota for Spot training on ${'ml.m5.large'}`] },
    async run(aws) {
      const Bucket = await makeTrainingBucket(aws);
      const request = trainingRequest(aws, Bucket, {
        rounds: 100_000_000,
        EnableManagedSpotTraining: true,
        StoppingCondition: { MaxRuntimeInSeconds: 900, MaxWaitTimeInSeconds: 900 },
      });
      await train(aws, request);
      const TrainingJobName = request.TrainingJobName!;
      const sagemaker = aws.client(SageMakerClient);
      await aws.until(
        'the job trains',
        async () => {
          const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
          return job.SecondaryStatus === 'Training' ? true : undefined;
        },
        { minutes: 15, everySeconds: 10 },
      );
      await sagemaker.send(new StopTrainingJobCommand({ TrainingJobName }));
      const job = await trained(aws, TrainingJobName);
      return {
        status: job.TrainingJobStatus!,
        secondaryStatus: job.SecondaryStatus!,
        walk: job.SecondaryStatusTransitions!.map(({ Status }) => Status!),
        trainingTimeTold: job.TrainingTimeInSeconds !== undefined,
        billedTimeTold: job.BillableTimeInSeconds !== undefined,
        billedLess: job.BillableTimeInSeconds! < job.TrainingTimeInSeconds!,
      };
    },
  },
];
