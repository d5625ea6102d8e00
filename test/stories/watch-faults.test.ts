import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import { breaks, releasesWith, watched, watches } from './support/watches.ts';

const KEEP = 1;

/** Whatever a watch calls on its way from a release to its end. */
const CALLS = [
  ['dynamodb', 'PutItem'],
  ['sagemaker', 'DescribeModelPackage'],
  ['ecr', 'BatchGetImage'],
  ['ecr', 'PutImage'],
  ['stepfunctions', 'StartExecution'],
  ['cloudwatch', 'DescribeAlarms'],
  ['cloudwatch', 'DeleteAlarms'],
  ['dynamodb', 'GetItem'],
  ['dynamodb', 'Query'],
  ['sagemaker', 'DescribeEndpoint'],
  ['dynamodb', 'TransactWriteItems'],
  ['sagemaker', 'DeleteEndpointConfig'],
  ['sagemaker', 'DeleteModel'],
  ['ecr', 'BatchDeleteImage'],
  ['dynamodb', 'DeleteItem'],
  ['events', 'PutEvents'],
] as const;

for (const kind of ['lose-answer', 'twice', 'throttle'] as const) {
  test(`a watch of which each call meets "${kind}" once cleans up and ends as it should`, async () => {
    const { story, live } = await openFaulty(kind);

    const answer = await watched(story, live.at(-1)!);

    expect(answer).toMatchObject({ outcome: 'KEPT', notes: [] });
    const kept = live.slice(-1 - KEEP).map(({ config }) => config);
    expect((await story.serving()).configs).toEqual([...kept].sort());
    expect((await story.serving()).models).toEqual([...kept].sort());
    expect(story.alarms()).toEqual([]);
    expect(watches(story)).toEqual([]);
  });

  test(`a watch of which each call meets "${kind}" once brings the champion back`, async () => {
    const { story, live } = await openFaulty(kind);

    breaks(story, live.at(-1)!.config);
    const answer = await watched(story, live.at(-1)!);

    expect(answer).toMatchObject({ outcome: 'ROLLED_BACK', servedConfig: live.at(-2)!.config });
    expect(await story.served()).toMatchObject({ status: 'InService', config: live.at(-2)!.config });
    expect(watches(story)).toEqual([]);
  });
}

/** One release more than is kept, and the watch over the last meets the faults. */
async function openFaulty(kind: 'lose-answer' | 'twice' | 'throttle') {
  const story: Story = await openStory();
  const before = await releasesWith(story, KEEP + 1, { keep: KEEP });
  story.play({
    faults: CALLS.map(([service, operation]) => ({
      service,
      operation,
      by: '*WatchMachineRole*',
      call: 1,
      times: 1,
      kind,
    })),
  });
  return { story, live: [...before, ...(await releasesWith(story, 1, { keep: KEEP }))] };
}
