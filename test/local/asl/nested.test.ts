import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const start = (suffix: string, StateMachineArn: string, Input: unknown = { from: 'parent' }) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::states:startExecution${suffix}`,
  Arguments: { StateMachineArn, Name: 'child-1', Input },
});

describe('states:startExecution', () => {
  test('starts a child and goes on without it', async () => {
    const world = new SmallWorld();
    const child = world.machine({ Rest: { Type: 'Wait', Seconds: 60, ...end } });
    const ended = await world.run({ Start: { ...start('', child), ...end } });

    expect(ended.view.stopMs).toBe(ended.view.startMs);
    expect(ended.output).toMatchObject({
      ExecutionArn: `${child.replace('stateMachine', 'execution')}:child-1`,
      StartDate: ended.view.startMs,
      SdkHttpMetadata: { HttpStatusCode: 200 },
    });
    expect(world.states.executions()[1]!.parentArn).toBe(ended.view.arn);
  });

  test.each([
    ['.sync', '{"from":"parent"}', '{"from":"parent"}'],
    ['.sync:2', { from: 'parent' }, { from: 'parent' }],
  ])('%s waits for the child and gives its description', async (suffix, Input, Output) => {
    const world = new SmallWorld();
    const child = world.machine({ Rest: { Type: 'Wait', Seconds: 60, ...end } });
    const ended = await world.run({ Start: { ...start(suffix, child), ...end } });

    expect(ended.view.stopMs! - ended.view.startMs).toBe(60_000);
    expect(ended.output).toMatchObject({
      Name: 'child-1',
      Status: 'SUCCEEDED',
      Input,
      Output,
      StopDate: ended.view.stopMs,
    });
    expect(ended.types.slice(2, 6)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
    ]);
  });

  test('fails with the child’s description as cause', async () => {
    const world = new SmallWorld();
    const child = world.machine({ Broken: { Type: 'Fail', Error: 'Oops', Cause: 'it broke' } });
    const ended = await world.run({ Start: { ...start('.sync:2', child), ...end } });

    expect(ended.view.error).toBe('States.TaskFailed');
    expect(JSON.parse(ended.view.cause!)).toMatchObject({
      Name: 'child-1',
      Status: 'FAILED',
      Error: 'Oops',
      Cause: 'it broke',
    });
  });

  test('names an error of the start as the optimized integration does', async () => {
    const ended = await new SmallWorld().run({
      Start: { ...start('', 'arn:aws:states:eu-west-1:123456789012:stateMachine:none'), ...end },
    });

    expect(ended.view.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(ended.view.cause).toContain(
      '(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist;',
    );
  });

  test('stops the child when the parent is stopped', async () => {
    const world = new SmallWorld();
    const child = world.machine({ Rest: { Type: 'Wait', Seconds: 60, ...end } });
    const parent = world.start(world.machine({ Start: { ...start('.sync:2', child), ...end } }));
    await world.clock.advance(1000);
    world.call('StopExecution', { executionArn: parent, error: 'Enough', cause: 'asked' });
    await world.clock.advance(1);

    expect(world.states.executions().map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED']);
    expect(world.states.execution(parent)).toMatchObject({ error: 'Enough', cause: 'asked' });
  });
});

describe('sagemaker:createTrainingJob.sync', () => {
  const machine = {
    Train: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sagemaker:createTrainingJob.sync',
      Arguments: {
        TrainingJobName: 'job-1',
        RoleArn: 'arn:aws:iam::123456789012:role/training',
        OutputDataConfig: { S3OutputPath: 's3://models' },
        Tags: [{ Key: 'team', Value: 'delay' }],
      },
      ...end,
    },
  };
  const described = (TrainingJobStatus: string) => ({
    TrainingJobName: 'job-1',
    TrainingJobStatus,
    CreationTime: new Date(1_585_397_644_473),
    FailureReason: undefined,
  });

  test('gives the description with times as numbers and tags as a map', async () => {
    const world = new SmallWorld({ 'sagemaker:CreateTrainingJob': { TrainingJobArn: 'arn:job' } });
    world.jobs.set(
      'training/job-1',
      world.clock.sleep(28_800_000).then(() => described('Completed')),
    );
    const ended = await world.run(machine);

    expect(ended.output).toEqual({
      TrainingJobName: 'job-1',
      TrainingJobStatus: 'Completed',
      CreationTime: 1_585_397_644_473,
      Tags: {
        team: 'delay',
        MANAGED_BY_AWS: 'STARTED_BY_STEP_FUNCTIONS',
        AWS_STEP_FUNCTIONS_EXECUTION_ARN: ended.view.arn,
      },
    });
  });

  test.each([
    ['Failed', 'FAILED'],
    ['Stopped', 'SUCCEEDED'],
  ])('%s ends the execution %s', async (jobStatus, status) => {
    const world = new SmallWorld({ 'sagemaker:CreateTrainingJob': { TrainingJobArn: 'arn:job' } });
    world.jobs.set('training/job-1', Promise.resolve(described(jobStatus)));
    const ended = await world.run(machine);

    expect(ended.status).toBe(status);
    if (status === 'FAILED') {
      expect(ended.view.error).toBe('States.TaskFailed');
      expect(JSON.parse(ended.view.cause!)).toMatchObject({
        TrainingJobStatus: 'Failed',
        CreationTime: 1_585_397_644_473,
      });
    }
  });

  test('stops the job when a sibling branch fails', async () => {
    const world = new SmallWorld({ 'sagemaker:CreateTrainingJob': {}, 'sagemaker:StopTrainingJob': {} });
    world.jobs.set('training/job-1', new Promise(() => {}));
    const late = { Late: { Type: 'Wait', Seconds: 5, Next: 'No' }, No: { Type: 'Fail', Error: 'No' } };
    await world.run({
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Train', States: machine },
          { StartAt: 'Late', States: late },
        ],
        ...end,
      },
    });

    expect(world.calls.at(-1)).toMatchObject({
      operation: 'StopTrainingJob',
      input: { TrainingJobName: 'job-1' },
    });
  });
});
