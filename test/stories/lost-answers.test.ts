import type { CallFault } from '../../local/faults/faults.ts';
import { openStory } from './support/story.ts';
import { tells, test } from './support/test.ts';

/** A release machine's calls in a first release and one that follows it, one of each kind. */
const CALLS = [
  ['dynamodb', 'BatchGetItem'],
  ['dynamodb', 'PutItem'],
  ['dynamodb', 'TransactWriteItems'],
  ['dynamodb', 'UpdateItem'],
  ['ecr', 'DescribeImages'],
  ['events', 'PutEvents'],
  ['lambda', 'Invoke'],
  ['s3', 'GetObject'],
  ['s3', 'HeadObject'],
  ['sagemaker', 'CreateModelPackage'],
  ['sagemaker', 'CreateModelPackageGroup'],
  ['sagemaker', 'CreateProcessingJob'],
  ['sagemaker', 'DescribeEndpoint'],
  ['sagemaker', 'DescribeEndpointConfig'],
  ['sagemaker', 'DescribeModel'],
  ['sagemaker', 'DescribeModelPackage'],
  ['sagemaker', 'DescribeModelPackageGroup'],
  ['sns', 'Publish'],
  ['stepfunctions', 'StartExecution'],
] as const;

const by = '*ReleaseMachineRole*';

test('the calls of a release machine are those that are lost here', async () => {
  const story = await openStory();
  await story.liveRelease();
  await story.liveRelease();

  const called = story.calls
    .filter(({ caller }) => /ReleaseMachineRole/.test(caller.arn))
    .map(({ service, operation }) => `${service} ${operation}`);

  // What serves is described after the event that told of it, and only where a deployment broke.
  expect([...new Set(called)].sort()).toEqual(CALLS.map((call) => call.join(' ')));
});

describe.each(CALLS)('a release goes live, once, although of %s %s', (service, operation) => {
  const kinds: [string, CallFault['kind'] & string][] = [
    ['an answer is lost', 'lose-answer'],
    ['a call is made twice', 'twice'],
  ];
  globalThis.test.each(kinds)('%s', (_what, kind) =>
    tells(async () => {
      // Each of the first calls of that kind, one after the other.
      const faults = [1, 3, 5, 7, 9].map((call) => ({ service, operation, by, call, kind }) as CallFault);
      const story = await openStory({ faults });

      for (const _release of [1, 2]) {
        await story.start({ pipeline: 'flight-delay', fresh: true });
        const execution = await story.ended(story.executions('release').at(-1)!.arn);
        expect(execution.status).toBe('SUCCEEDED');
        expect(JSON.parse(execution.output!).outcome).toBe('LIVE');
      }
      expect(story.world.journal.text()).toContain(' fault: ');
      expect(await story.ledger('pipeline/flight-delay')).toHaveLength(2);
      expect([...story.world.sagemaker.jobs.training.keys()]).toHaveLength(2);
      expect([...story.world.sagemaker.jobs.processing.keys()]).toHaveLength(5);
      expect(await story.ledger('running')).toEqual([]);
      for (const turn of await story.ledger('turn')) expect(turn).not.toHaveProperty('holder');
    }),
  );
});
