import { openStory } from './support/story.ts';
import { test } from './support/test.ts';

test('a release that somebody stops by hand takes its child and the running job with it', async () => {
  const story = await openStory({ seconds: 1800 });
  const { world } = story;
  story.upload('next.json');
  const training = () => [...world.sagemaker.jobs.training.values()].at(-1);
  await world.clock.runUntil(() => training()?.secondaryStatus === 'Training');
  const [release, train] = ['-release', '-train'].map((end) =>
    world.stepfunctions.executions().findLast(({ machineName }) => machineName.endsWith(end)),
  );
  await world.door.call({
    service: 'stepfunctions',
    operation: 'StopExecution',
    input: { executionArn: release!.arn, error: 'Stopped', cause: 'by hand' },
    caller: world.person,
  });
  await story.pass({ minutes: 10 });

  expect(world.stepfunctions.execution(release!.arn)).toMatchObject({ status: 'ABORTED', cause: 'by hand' });
  expect(world.stepfunctions.execution(train!.arn).status).toBe('ABORTED');
  expect(training()!.status).toBe('Stopped');
});
