import type { CallFault } from '../../local/faults/faults.ts';
import type { ExecutionView } from '../../local/services/stepfunctions/stepfunctions.ts';
import { openStory, type Story, type StoryOptions } from './support/story.ts';
import { test } from './support/test.ts';

const STEP = { pk: 'step/flight-delay', sk: `train/${'a'.repeat(64)}` };

/** A story in which rows and a trained model exist; from here on the train machine is started alone. */
async function trainedOnce(options: StoryOptions = {}): Promise<Story> {
  const story = await openStory();
  await story.liveRelease();
  story.play(options);
  story.calls.length = 0;
  return story;
}

const firstInput = (story: Story) => JSON.parse(story.executions('train')[0]!.input);

async function start(story: Story, changes: object): Promise<string> {
  const { executionArn } = (await story.world.door.call({
    service: 'stepfunctions',
    operation: 'StartExecution',
    input: {
      stateMachineArn: story.world.resources.TrainMachine,
      input: JSON.stringify({ ...firstInput(story), step: STEP, ...changes }),
    },
    caller: story.world.person,
  })) as { executionArn: string };
  return executionArn;
}

/** Trains under the names of another attempt. */
async function train(story: Story, changes: object = {}) {
  const execution = await story.ended(await start(story, { attempt: 'r1', ...changes }));
  return { execution, result: JSON.parse(execution.output ?? '{}'), states: statesOf(execution) };
}

const statesOf = ({ history }: ExecutionView): string[] =>
  history.flatMap(({ stateEnteredEventDetails }) =>
    stateEnteredEventDetails === undefined ? [] : [(stateEnteredEventDetails as { name: string }).name],
  );

const trainings = (story: Story) => [...story.world.sagemaker.jobs.training.values()].slice(1);

/** The job that the ledger says is at the step. */
async function recorded(story: Story): Promise<string | undefined> {
  const { Item } = (await story.world.door.call({
    service: 'dynamodb',
    operation: 'GetItem',
    input: {
      TableName: story.world.outputs.LedgerTableName,
      Key: { pk: { S: STEP.pk }, sk: { S: STEP.sk } },
    },
    caller: story.world.person,
  })) as { Item?: { job: { S: string } } };
  return Item?.job.S;
}

const create = (fault: object): CallFault =>
  ({ service: 'sagemaker', operation: 'CreateTrainingJob', ...fault }) as CallFault;

describe('a training', () => {
  test('enters four states when nothing comes in between', async () => {
    const { states } = await train(await trainedOnce());

    expect(states).toEqual([
      'Is a job at it already?',
      'Train on this rung',
      'Is the challenger trained?',
      'Challenger is trained',
    ]);
  });

  test('whose start was answered and lost is awaited, not started twice', async () => {
    const story = await trainedOnce({ faults: [create({ call: 1, kind: 'lose-answer' })] });
    const before = (await train(await trainedOnce())).result;

    const { result, states } = await train(story);

    expect(trainings(story)).toHaveLength(1);
    expect(states).toContain('Wait for the training job');
    expect(result).toEqual({ ...before, jobName: result.jobName, modelDataUrl: result.modelDataUrl });
    expect(result).toMatchObject({ adopted: false, capacity: 'spot' });
  });

  test('whose every answer is lost is awaited all the same', async () => {
    const story = await trainedOnce({ faults: [create({ kind: 'lose-answer' })] });

    expect((await train(story)).execution.status).toBe('SUCCEEDED');
    expect(trainings(story)).toHaveLength(1);
  });

  test('that is awaited fails with the job’s own reason', async () => {
    const story = await trainedOnce({
      faults: [create({ call: 1, kind: 'lose-answer' })],
      containers: { train: { exitCode: 1, message: 'no such column' } },
    });

    const { execution } = await train(story);

    expect(execution).toMatchObject({
      error: 'TrainingFailedError',
      cause: expect.stringContaining('AlgorithmError: no such column'),
    });
  });

  test('that is awaited goes on to the next rung when Spot runs out', async () => {
    const story = await trainedOnce({
      faults: [create({ call: 1, kind: 'lose-answer' })],
      spot: ({ request }) =>
        JSON.stringify(request).includes('m5.xlarge') ? { kind: 'no-capacity' } : { kind: 'kept' },
    });

    const { result } = await train(story);

    expect(result).toMatchObject({
      instanceType: 'ml.m5.2xlarge',
      tried: [{ instanceType: 'ml.m5.xlarge' }],
    });
  });

  test('that is there before is never started: SageMaker’s word counts, not the ledger’s', async () => {
    const story = await trainedOnce();
    const { result } = await train(story);
    const { result: again } = await train(story);

    expect(trainings(story)).toHaveLength(1);
    expect(again.jobName).toBe(result.jobName);
  });

  test('records the job of each further rung, so that it can be found', async () => {
    const story = await trainedOnce({ spot: () => ({ kind: 'no-capacity' }) });

    const { result } = await train(story);

    expect(result.jobName).toMatch(/-train-3-r1$/);
    expect(await recorded(story)).toBe(result.jobName);
  });

  test('goes on when the ledger cannot be written', async () => {
    const story = await trainedOnce({
      spot: () => ({ kind: 'no-capacity' }),
      faults: [{ service: 'dynamodb', operation: 'UpdateItem', by: '*Train*', kind: 'throttle' }],
    });

    expect((await train(story)).result).toMatchObject({ capacity: 'on-demand' });
    expect(
      (await train(await trainedOnce({ spot: () => ({ kind: 'no-capacity' }) }), { step: null })).result,
    ).toMatchObject({
      capacity: 'on-demand',
    });
  });
});

describe('a training of another attempt', () => {
  test('that runs is awaited and used', async () => {
    const story = await trainedOnce({ seconds: 5000 });
    await start(story, { attempt: 'r1' });
    await story.pass({ minutes: 20 });
    const adopt = trainings(story)[0]!.name;

    const { result } = await train(story, { attempt: 'r2', adopt });

    expect(trainings(story)).toHaveLength(1);
    expect(result).toMatchObject({ jobName: adopt, adopted: true, tried: [] });
  });

  test('is left to itself when whoever waits for it is stopped', async () => {
    const story = await trainedOnce({ seconds: 5000 });
    await start(story, { attempt: 'r1' });
    await story.pass({ minutes: 20 });
    const waiting = await start(story, { attempt: 'r2', adopt: trainings(story)[0]!.name });
    await story.pass({ minutes: 1 });

    await story.abort(waiting);
    await story.pass({ minutes: 1 });

    const awaits = story.world.stepfunctions.executions().filter(({ parentArn }) => parentArn === waiting);
    expect(awaits.map(({ status }) => status)).toEqual(['ABORTED']);
    expect(trainings(story)[0]!.status).toBe('InProgress');
  });

  test('that has failed is made up for by one of its own', async () => {
    const story = await trainedOnce({ containers: { train: { exitCode: 1 } } });
    await train(story);
    story.play({ containers: {} });

    await makesUp(story, trainings(story)[0]!.name);
  });

  test('that never began is made up for by one of its own', async () => {
    await makesUp(await trainedOnce(), 'flight-delay-2603020900-aaaaaaaa-train-1-r0');
  });

  async function makesUp(story: Story, adopt: string): Promise<void> {
    const { result } = await train(story, { attempt: 'r2', adopt });

    expect(result).toMatchObject({ jobName: expect.stringMatching(/-train-1-r2$/), adopted: false });
    expect(await recorded(story)).toBe(result.jobName);
  }

  test('that outlives its limits is stopped before another starts', async () => {
    const story = await trainedOnce();
    const longer = firstInput(story).train;
    story.play({ seconds: 14_000 });
    await start(story, { attempt: 'r1' });
    await story.pass({ minutes: 20 });
    const adopt = trainings(story)[0]!.name;
    story.play({ seconds: 300 });
    const impatient = longer.rungs.map((rung: object) => ({ ...rung, timeoutSeconds: 1800 }));

    const { result } = await train(story, { attempt: 'r2', adopt, train: { ...longer, rungs: impatient } });

    expect(trainings(story)[0]!.status).toBe('Stopped');
    expect(result.jobName).toMatch(/-train-1-r2$/);
  });
});

describe('a training that outlives every limit', () => {
  const impatient = async (story: Story) => {
    const plan = firstInput(story).train;
    const rungs = plan.rungs.map((rung: object) => ({ ...rung, timeoutSeconds: 600 }));
    return train(story, { train: { ...plan, rungs } });
  };

  test('is at rest before the next rung writes to its checkpoints', async () => {
    const story = await trainedOnce({ seconds: 5000 });
    const overlaps: number[] = [];
    story.play({
      spot: () => {
        overlaps.push(trainings(story).filter(({ hasEnded }) => !hasEnded).length);
        return { kind: 'kept' };
      },
    });

    const { execution, states } = await impatient(story);

    expect(execution.error).toBe('NoTrainingCapacityError');
    expect(states.filter((state) => state === 'See it at rest')).toHaveLength(3);
    expect(Math.max(...overlaps)).toBe(1);
  });
});
