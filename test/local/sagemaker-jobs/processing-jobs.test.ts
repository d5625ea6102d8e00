import { describe, expect, test } from '@jest/globals';
import { inputFiles } from '../../../local/services/sagemaker/jobs/storage.ts';
import { openJobs, processingRequest, rawInput, START, trainOutput } from './open-jobs.ts';

describe('a processing job', () => {
  test('puts each output below its S3 URI and tells its exit message', async () => {
    const world = await openJobs({
      scenario: {
        job: () => ({
          seconds: 60,
          message: '20000 rows',
          outputs: { train: { 'rows.csv': '1,2', 'more/rows.csv': '3,4' } },
        }),
      },
    });
    world.world.s3.put('drop', 'incoming/r42/a.csv', 'x');

    await world.call(
      'CreateProcessingJob',
      processingRequest({
        ProcessingInputs: [rawInput()],
        ProcessingOutputConfig: { Outputs: [trainOutput] },
      }),
    );
    const description = await world.ended('processing', 'r42-prep');

    expect(description.ProcessingJobStatus).toBe('Completed');
    expect(description.ExitMessage).toBe('20000 rows');
    expect(description.ProcessingStartTime).toEqual(new Date(START + 90_000));
    expect(description.ProcessingEndTime).toEqual(new Date(START + 170_000));
    expect(world.text('artifacts/r42/train/more/rows.csv')).toBe('3,4');
  });

  test('fails when nothing lies under an input', async () => {
    const { call, ended } = await openJobs();

    await call('CreateProcessingJob', processingRequest({ ProcessingInputs: [rawInput()] }));
    const description = await ended('processing', 'r42-prep');

    expect(description.ProcessingJobStatus).toBe('Failed');
    expect(description.FailureReason).toBe(
      'ClientError: S3 key: s3://drop/incoming/r42/ matched no files on s3',
    );
  });

  describe('with a list of objects', () => {
    const listed = {
      InputName: 'raw',
      S3Input: {
        S3Uri: 's3://artifacts/list.json',
        LocalPath: '/opt/ml/processing/input/raw',
        S3DataType: 'ManifestFile',
        S3InputMode: 'File',
      },
    };
    const outcome = async (list: string | undefined) => {
      const { world, call, ended } = await openJobs({ scenario: { job: () => ({ seconds: 5 }) } });
      for (const key of ['in/a.csv', 'in/deep/b.csv', 'in/c.csv']) world.s3.put('drop', key, key);
      if (list !== undefined) world.s3.put('artifacts', 'list.json', list);
      await call('CreateProcessingJob', processingRequest({ ProcessingInputs: [listed] }));
      return [
        inputFiles(world, 's3://artifacts/list.json', 'ManifestFile'),
        await ended('processing', 'r42-prep'),
      ];
    };

    test('finds those objects and no others, each under its name in the list', async () => {
      const [files, { ProcessingJobStatus }] = await outcome(
        '[{"prefix":"s3://drop/in/"},\n"a.csv",\n"deep/b.csv"]\n',
      );

      expect(ProcessingJobStatus).toBe('Completed');
      expect(files.map(({ path }: { path: string }) => path)).toEqual(['a.csv', 'deep/b.csv']);
    });

    test.each([
      [undefined, 'S3 key: s3://artifacts/list.json matched no files on s3'],
      ['[{"prefix":"s3://drop/in/"}]', 'S3 key: s3://artifacts/list.json matched no files on s3'],
      ['[{"prefix":"s3://drop/in/"},"a.csv","z.csv"]', 'S3 key: s3://drop/in/z.csv matched no files on s3'],
      ['{"bucket":"drop","objects":[]}', 'Manifest file at s3://artifacts/list.json is not valid'],
      ['[{"prefix":"drop"},"a.csv"]', 'Manifest file at s3://artifacts/list.json is not valid'],
      ['[', 'Manifest file at s3://artifacts/list.json is not valid'],
    ])('fails when the list is %s', async (list, reason) => {
      const [, description] = await outcome(list);

      expect(description).toMatchObject({
        ProcessingJobStatus: 'Failed',
        FailureReason: `ClientError: ${reason}`,
      });
    });
  });

  test('keeps its explanation in ExitMessage when it fails', async () => {
    const { call, ended } = await openJobs({
      scenario: { job: () => ({ seconds: 5, exitCode: 2, message: 'column delay is missing' }) },
    });

    await call('CreateProcessingJob', processingRequest());
    const description = await ended('processing', 'r42-prep');

    expect(description.ExitMessage).toBe('column delay is missing');
    expect(description.FailureReason).toBe('AlgorithmError: See job logs for more information');
  });

  test('keeps its name for good: ResourceInUse', async () => {
    const { call } = await openJobs();
    await call('CreateProcessingJob', processingRequest());

    await expect(call('CreateProcessingJob', processingRequest())).rejects.toMatchObject({
      code: 'ResourceInUse',
      message:
        'Job name must be unique within an AWS account and region, and a job with this name already exists (arn:aws:sagemaker:eu-west-1:123456789012:processing-job/r42-prep)',
    });
  });

  test('is stopped by its runtime limit and by request', async () => {
    const { call, ended, jobs, clock } = await openJobs({ scenario: { job: () => ({ seconds: 9_000 }) } });
    await call('CreateProcessingJob', processingRequest());
    await call('CreateProcessingJob', processingRequest({ ProcessingJobName: 'r42-other' }));
    await clock.advance(120_000);

    jobs.stop('processing', 'r42-other');

    expect((await ended('processing', 'r42-other')).ProcessingJobStatus).toBe('Stopped');
    expect(clock.now()).toBeLessThan(START + 200_000);
    expect((await ended('processing', 'r42-prep')).ProcessingJobStatus).toBe('Stopped');
    expect(clock.now()).toBe(START + 90_000 + 3_600_000 + 20_000);
  });

  test('must have its paths below /opt/ml/processing: ValidationException', async () => {
    const { call } = await openJobs();
    const wrong = { ...rawInput(), S3Input: { ...rawInput().S3Input, LocalPath: '/opt/ml/input/raw' } };

    await expect(
      call('CreateProcessingJob', processingRequest({ ProcessingInputs: [wrong] })),
    ).rejects.toMatchObject({ code: 'ValidationException' });
  });
});
