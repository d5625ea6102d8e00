import { AwsError } from '../../local/aws-error.ts';
import { openWithLive, setTurn } from './support/rollbacks.ts';
import { ENDPOINT, openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import { makeNamedAlarm } from './support/trials.ts';
import {
  breaks,
  childrenOf,
  releasesWith,
  watched,
  watches,
  watchNotices,
  watchOf,
  watchTransitions,
} from './support/watches.ts';

const HOUR_SECONDS = 3600;

test('a watch costs transitions by the logarithm of its time', async () => {
  const counts: Record<number, number> = {};
  for (const hours of [0, 1, 24, 7 * 24, 30 * 24]) {
    const story = await openStory();
    const [release] = await releasesWith(story, 1, { watch: { seconds: hours * HOUR_SECONDS } });
    expect((await watched(story, release!)).outcome).toBe('KEPT');
    counts[hours] = watchTransitions(story, release!.config);
  }

  expect(counts).toEqual({ 0: 21, 1: 39, 24: 63, 168: 81, 720: 93 });
});

test('a watch that somebody stops is told to somebody, and the status says no more that anybody watches', async () => {
  const story = await openStory();
  const [first, second] = await releasesWith(story, 2, {});

  await story.abort(watchOf(story, second!.config).arn);
  await story.pass({ minutes: 5 });

  expect(watchNotices(story)).toEqual([
    expect.stringContaining(
      `Signalbox: watch of ${ENDPOINT} ABORTED\nNobody watches over ${second!.config} on the endpoint ${ENDPOINT} any more`,
    ),
  ]);
  expect(watchNotices(story)[0]).toContain(`none of them brings ${first!.config} back by itself`);
  expect(watches(story)).toEqual([]);
  // What it had to wait in has ended with it.
  const waits = childrenOf(story, watchOf(story, second!.config), 'await');
  expect(waits.map(({ status }) => status)).toEqual(['ABORTED']);
});

test('a watch that was stopped and of which no event told is told about when its time is over', async () => {
  const story = await openStory({ event: ({ source }) => (source === 'aws.states' ? 'drop' : 'deliver') });
  const [release] = await releasesWith(story, 1, { watch: { seconds: 4 * HOUR_SECONDS } });
  await story.abort(watchOf(story, release!.config).arn);

  await story.pass({ hours: 3 });
  expect(watchNotices(story)).toEqual([]);
  await story.pass({ hours: 4 });

  expect(watchNotices(story)).toEqual([
    expect.stringMatching(
      /ABORTED\nNobody watches over .*\nIts time was over at .*, but nothing was cleaned up/,
    ),
  ]);
  expect(watches(story)).toEqual([]);
});

test('a watch that ended well and could not strike itself out is struck out without a word', async () => {
  const story = await openStory({
    fault: ({ operation, input, caller }) =>
      operation === 'DeleteItem' &&
      /-watch:/.test(caller.sourceArn ?? '') &&
      (input as { Key: { pk: { S: string } } }).Key.pk.S === 'watch'
        ? new AwsError('InternalServerError', 'Try again later.', 500)
        : undefined,
  });
  const [release] = await releasesWith(story, 1, { watch: { seconds: HOUR_SECONDS } });
  expect(await watched(story, release!)).toMatchObject({ outcome: 'KEPT' });
  expect(watches(story)).toHaveLength(1);

  await story.pass({ hours: 3 });

  expect(watches(story)).toEqual([]);
  expect(watchNotices(story)).toEqual([]);
});

test('a watch gives up when nobody says for more than a day whether what took over stays', async () => {
  const story = await openStory();
  const [first, second] = await releasesWith(story, 2, {});
  await setTurn(story, 'SET shifting = :other', { ':other': { S: 'somebody-else' } });
  await story.ask('UpdateEndpoint', { EndpointName: ENDPOINT, EndpointConfigName: first!.config });

  const answer = await watched(story, second!);

  expect(answer).toMatchObject({
    outcome: 'FAILED',
    servedConfig: first!.config,
    reasons: [`${first!.config} serves, and nobody has said for more than a day whether it stays.`],
  });
  expect(watchNotices(story)).toEqual([expect.stringContaining('On call, now: the watch over')]);
  expect(watches(story).filter(({ sk }) => sk!.endsWith(second!.config))).toEqual([]);
});

test('a watch that is started again where it was stopped still brings the champion back', async () => {
  const story = await openStory();
  const [first, second] = await releasesWith(story, 2, {});
  await story.abort(watchOf(story, second!.config).arn);
  await story.pass({ hours: 1 });

  await story.redrive(watchOf(story, second!.config).arn);
  await story.pass({ minutes: 1 });
  breaks(story, second!.config);

  expect(await watched(story, second!)).toMatchObject({
    outcome: 'ROLLED_BACK',
    servedConfig: first!.config,
  });
});

test('an alarm that rings while a newer release is shifted leaves the newer one alone', async () => {
  const { story, live } = await openWithLive(2);
  await story.pass({ minutes: 5 });
  await story.start({ pipeline: 'flight-delay', fresh: true });
  await story.entered('Shift the traffic', 'deploy');
  const updates = () => story.called(/^UpdateEndpoint$/).length;
  await story.world.clock.runUntil(() => updates() === 2, 3_600_000);

  breaks(story, live[1]!.config, 1);
  const newer = await story.released();
  const answer = await watched(story, live[1]!);

  expect(newer.outcome).toBe('LIVE');
  expect(answer).toMatchObject({
    outcome: 'SUPERSEDED',
    reasons: [expect.stringContaining('-errors rang'), `${newer.config} serves, not ${live[1]!.config}.`],
  });
  expect(await story.served()).toMatchObject({ status: 'InService', config: newer.config });
  expect(updates()).toBe(2);
});

test('a shift that broke off and was undone leaves the champion watched', async () => {
  const story = await openStory();
  const [first, second] = await releasesWith(story, 2, {});
  const begun = story.called(/^UpdateEndpoint$/).length;
  await story.start({ pipeline: 'flight-delay', fresh: true });
  await story.world.clock.runUntil(() => story.called(/^UpdateEndpoint$/).length > begun, 7_200_000);
  await story.abort(story.executions('release').at(-1)!.arn);
  await story.pass({ hours: 2 });
  expect(await story.served()).toMatchObject({ status: 'InService', config: second!.config });

  breaks(story, second!.config);

  expect(await watched(story, second!)).toMatchObject({
    outcome: 'ROLLED_BACK',
    servedConfig: first!.config,
  });
});

test('a named alarm brings the champion back, too', async () => {
  const story = await openStory();
  await makeNamedAlarm(story, NAMED);
  await hear(story);
  const [first, second] = await releasesWith(story, 2, { alarms: { named: [NAMED] } });
  await story.pass({ hours: 6 });

  await alarm(story, 'SetAlarmState', { StateValue: 'ALARM', StateReason: 'nobody buys' });
  const answer = await watched(story, second!);

  expect(answer).toMatchObject({
    outcome: 'ROLLED_BACK',
    servedConfig: first!.config,
    reasons: [`${NAMED} rang: nobody buys`],
  });
  // It is somebody else's.
  expect(story.world.cloudwatch.alarms.has(NAMED)).toBe(true);
});

test('a champion that no release of ours has made is brought back as well', async () => {
  const { story, live } = await openWithLive(1);
  await story.ask('CreateEndpointConfig', {
    EndpointConfigName: 'made-by-hand',
    ProductionVariants: [
      {
        VariantName: 'main',
        ModelName: live[0]!.config,
        InstanceType: 'ml.c5.large',
        InitialInstanceCount: 4,
      },
    ],
  });
  await story.ask('UpdateEndpoint', { EndpointName: ENDPOINT, EndpointConfigName: 'made-by-hand' });
  await story.pass({ hours: 1 });
  const release = await story.liveRelease();

  breaks(story, release.config);

  expect(await watched(story, release)).toMatchObject({
    outcome: 'ROLLED_BACK',
    previous: 'made-by-hand',
    servedConfig: 'made-by-hand',
  });
});

const NAMED = 'checkout-conversion';

const alarm = (story: Story, operation: string, input: object) =>
  story.world.door.call({
    service: 'cloudwatch',
    operation,
    input: { AlarmName: NAMED, ...input },
    caller: story.world.person,
  });

/** The rule that resources/named-alarms.cjs makes for a pipeline that names the alarm. */
async function hear({ world }: Story): Promise<void> {
  const call = (operation: string, input: object) =>
    world.door.call({ service: 'events', operation, input, caller: world.person });
  await call('PutRule', {
    Name: 'named',
    EventPattern: JSON.stringify({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [NAMED] },
    }),
  });
  await call('PutTargets', {
    Rule: 'named',
    Targets: [
      {
        Id: 'wake',
        Arn: world.resources.WakeMachine,
        RoleArn: `arn:aws:iam::${world.accountId}:role/${world.resources.StartWakeRole}`,
        InputTransformer: {
          InputPathsMap: { news: '$.detail.state.value' },
          InputTemplate: `{"subject":"endpoint/${ENDPOINT}","news":<news>}`,
        },
      },
    ],
  });
}
