import { expect, test } from '@jest/globals';
import { openJobs, processingRequest, rawInput, START, spotRequest, trainOutput } from './open-jobs.ts';

test('a training job sends an event at each secondary status, with epoch milliseconds and a map of tags', async () => {
  const { call, ended, events } = await openJobs();

  await call('CreateTrainingJob', spotRequest({ Tags: [{ Key: 'release', Value: 'r42' }] }));
  await ended('training', 'r42-train-1');

  expect(events.map(({ detail }) => detail.SecondaryStatus)).toEqual([
    ...['Starting', 'Pending', 'Downloading', 'Training', 'Uploading', 'Completed'],
  ]);
  expect(events.at(-1)).toMatchObject({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Training Job State Change',
    resources: ['arn:aws:sagemaker:eu-west-1:123456789012:training-job/r42-train-1'],
    detail: {
      TrainingJobName: 'r42-train-1',
      TrainingJobStatus: 'Completed',
      CreationTime: START,
      Tags: { release: 'r42' },
    },
  });
  expect(events.at(-1)!.detail.SecondaryStatusTransitions[0]).toMatchObject({
    Status: 'Starting',
    StartTime: START,
    EndTime: START + 15_000,
  });
});

test('a processing job sends its enum values in capitals and its status words as they are', async () => {
  const { call, ended, events, world } = await openJobs();
  world.s3.put('drop', 'incoming/r42/a.csv', 'x');

  await call(
    'CreateProcessingJob',
    processingRequest({
      ProcessingInputs: [rawInput()],
      ProcessingOutputConfig: { Outputs: [trainOutput] },
    }),
  );
  await ended('processing', 'r42-prep');

  const { detail, detailType } = events.at(-1)!;
  expect(detailType).toBe('SageMaker Processing Job State Change');
  expect(detail.ProcessingJobStatus).toBe('Completed');
  expect(detail.ProcessingInputs[0].S3Input).toMatchObject({
    S3DataType: 'S3_PREFIX',
    S3InputMode: 'FILE',
    S3DataDistributionType: 'FULLYREPLICATED',
  });
  expect(detail.ProcessingOutputConfig.Outputs[0].S3Output.S3UploadMode).toBe('END_OF_JOB');
  expect(detail.Tags).toEqual({});
});
