import { AwsError } from '../../local/aws-error.ts';
import type { Call } from '../../local/door.ts';
import { ended, executionsOf, openWithLive, startDeploy, turnOf } from './support/rollbacks.ts';
import { releaseWith } from './support/shifts.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

const startsWatch = ({ operation, input }: Call): boolean =>
  operation === 'StartExecution' && (input as { name?: string }).name?.endsWith('-watch') === true;

const watches = (story: Story) => executionsOf(story, 'watch');

describe('after a release went live', () => {
  test('a watch begins that knows what to watch, until when, and the way back', async () => {
    const story = await openStory();
    const champion = await story.liveRelease();
    const live = await releaseWith(story, { watch: { seconds: 7200 }, keep: 3 });

    const [first, second] = watches(story);
    const config = live.config;
    expect(JSON.parse(first!.input)).toMatchObject({ config: champion.config, previous: '' });
    expect(JSON.parse(second!.input)).toMatchObject({
      release: live.id,
      pipeline: 'flight-delay',
      endpoint: 'flight-delay',
      variant: 'main',
      config,
      previous: champion.config,
      packageArn: live.detail.modelPackageArn,
      alarms: [`signalbox-prod-release-${config}-errors`, `signalbox-prod-release-${config}-latency`],
      keep: 3,
    });
    const { until } = JSON.parse(second!.input);
    expect(Date.parse(until) - second!.startMs).toBeLessThanOrEqual(7_200_000);
    expect(live.detail.notes).toEqual([`Watched until ${until}: an alarm brings ${champion.config} back.`]);
    expect(live.notice.message).toContain(`Watched until ${until}`);
    expect(champion.detail.notes).toEqual([
      expect.stringMatching(/^Watched until .*: there is no predecessor that an alarm could bring back\.$/),
    ]);
  });

  test('people are told when the pipeline wants nobody to watch', async () => {
    const story = await openStory();

    const live = await releaseWith(story, { watch: { seconds: 0 } });

    expect(live.detail.notes).toEqual(['Nobody watches it after the shift: deploy.watch.seconds is 0.']);
    // It cleans up all the same.
    expect(watches(story)).toHaveLength(1);
  });

  test('people are told when nobody could be found to watch; what serves is live all the same', async () => {
    const story = await openStory({
      fault: (call) =>
        startsWatch(call) ? new AwsError('AccessDeniedException', 'Not allowed.') : undefined,
    });

    const live = await story.liveRelease();

    const note = 'Nobody watches it yet: the watch could not be started, and is tried again within the hour.';
    expect(live.detail.notes).toEqual([expect.stringContaining(note)]);
    expect(live.notice.message).toContain(note);
    expect(watches(story)).toEqual([]);
  });

  test('one watch begins when the answer to its start is lost', async () => {
    const story = await openStory({
      faults: [
        {
          service: 'stepfunctions',
          operation: 'StartExecution',
          on: '*-watch',
          call: 1,
          kind: 'lose-answer',
        },
      ],
    });

    const live = await story.liveRelease();

    expect(live.detail.notes).toEqual([expect.stringMatching(/^Watched until/)]);
    expect(watches(story)).toHaveLength(1);
  });
});

describe('a deployment that was stopped and redriven', () => {
  test('in the middle of its shift goes on with it, and is live', async () => {
    const { story, live } = await openWithLive(1);
    const arn = await startDeploy(story, live[0]!, { release: 'second', name: 'second-r0' });
    await story.world.clock.runUntil(() => turnOf(story).shifting === 'second-r0', 24 * 3_600_000);
    await story.pass({ minutes: 5 });
    await story.abort(arn);
    await story.redrive(arn);

    expect((await ended(story, arn)).answer).toMatchObject({ outcome: 'LIVE', servedConfig: 'second-r0' });
    // It was asked what had become of the change, and not asked for a second one.
    expect(story.called(/^UpdateEndpoint$/)).toHaveLength(1);
    for (const left of ['holder', 'shifting']) expect(turnOf(story)).not.toHaveProperty(left);
  });

  test('between its mark and its watch starts the watch', async () => {
    const { story, live } = await openWithLive(1);
    story.play({
      fault: (call) =>
        startsWatch(call) ? new AwsError('ServiceUnavailable', 'Try again.', 503) : undefined,
    });
    const arn = await startDeploy(story, live[0]!, { release: 'second', name: 'second-r0' });
    await story.entered('Start the watch', 'deploy');
    await story.world.clock.runUntil(() => turnOf(story).live === 'second-r0', 24 * 3_600_000);
    await story.abort(arn);
    story.play({ fault: () => undefined });
    await story.redrive(arn);

    expect((await ended(story, arn)).answer).toMatchObject({ outcome: 'LIVE', servedConfig: 'second-r0' });
    expect(watches(story).map(({ name }) => name)).toContain('second-r0-watch');
  });

  test('as its mark landed is live, and watched', async () => {
    const { story, live } = await openWithLive(1);
    let marks = 0;
    story.play({
      fault: ({ operation, input, caller }) => {
        if (operation !== 'TransactWriteItems' || !/DeployMachineRole/.test(caller.arn)) return undefined;
        marks += 1;
        if (marks === 1) void story.world.dynamodb.operations[operation]!(input, caller);
        return marks < 3 ? new AwsError('InternalServerError', 'The answer was lost.', 500) : undefined;
      },
    });
    const arn = await startDeploy(story, live[0]!, { release: 'second', name: 'second-r0' });
    await story.world.clock.runUntil(() => turnOf(story).live === 'second-r0', 24 * 3_600_000);
    await story.abort(arn);
    await story.redrive(arn);

    const { answer } = await ended(story, arn);

    expect(answer).toMatchObject({ outcome: 'LIVE', servedConfig: 'second-r0' });
    expect(watches(story).map(({ name }) => name)).toContain('second-r0-watch');
    expect(turnOf(story)).not.toHaveProperty('holder');
  });
});
