import { AwsError } from '../../local/aws-error.ts';
import type { Call } from '../../local/door.ts';
import { ended, executionsOf, setTurn, startDeploy, turnOf } from './support/rollbacks.ts';
import { endpointDiary, openWithClients, releaseWith, startWith } from './support/shifts.ts';
import { ENDPOINT, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';
import { variantsOf, watchesStep } from './support/trials.ts';

const weights = { shift: { type: 'weights', steps: [10, 50], intervalSeconds: 300 } };
const shadow = { shift: { type: 'shadow', percent: 100, seconds: 1800 } };

const isUpdateTo = ({ operation, input }: Call, is: (config: string) => boolean): boolean =>
  operation === 'UpdateEndpoint' && is((input as { EndpointConfigName: string }).EndpointConfigName);

const isOfTrial = (config: string): boolean => config.endsWith('-trial');

/** Nothing but what was there before is there, and nobody holds anything. */
async function isAsBefore(story: Story, before: Awaited<ReturnType<Story['serving']>>): Promise<void> {
  const after = await story.serving();
  expect(after).toEqual({
    ...before,
    endpoint: { ...before.endpoint, modifiedAt: after.endpoint!.modifiedAt },
  });
  for (const left of ['holder', 'shifting']) expect(turnOf(story)).not.toHaveProperty(left);
}

describe('a challenger that has all requests by weights', () => {
  test('becomes the only variant, and nothing of its trial is left', async () => {
    const { story, champion } = await openWithClients();

    const release = await releaseWith(story, weights);

    expect(release).toMatchObject({
      outcome: 'LIVE',
      detail: {
        endpoint: { servedConfig: release.config },
        notes: [
          expect.stringContaining('10 %, then 50 %, then 100 % of the requests'),
          expect.stringContaining(`an alarm brings ${champion.config} back.`),
        ],
      },
    });
    const { endpoint, configs, alarms } = await story.serving();
    expect(endpoint).toMatchObject({ status: 'InService', config: release.config });
    expect(configs).toEqual([champion.config, release.config].sort());
    expect(alarms.filter((name) => name.includes('-trial-'))).toEqual([]);
  });

  test('takes them all on as many instances as were planned, though autoscaling left the champion few', async () => {
    const { story } = await openWithClients();
    await startWith(story, weights);
    await watchesStep(story, 3);
    expect(await variantsOf(story)).toEqual({ main: 0, challenger: 100 });
    await story.ask('UpdateEndpointWeightsAndCapacities', {
      EndpointName: ENDPOINT,
      DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 1 }],
    });

    const release = await story.released();

    expect(release.outcome).toBe('LIVE');
    expect((await story.serving()).endpoint).toMatchObject({ config: release.config, instances: 4 });
  });

  test('gives them back when its last update is refused', async () => {
    const { story, champion } = await openWithClients();
    const before = await story.serving();

    story.play({
      fault: (call) =>
        isUpdateTo(call, (config) => config !== champion.config && !isOfTrial(config))
          ? new AwsError('ResourceLimitExceeded', 'No ml.c5.large is left.')
          : undefined,
    });
    const release = await releaseWith(story, weights);

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringMatching(/^Shift the traffic: No ml.c5.large is left./)],
      detail: { endpoint: { servedConfig: champion.config } },
    });
    expect(release.states('deploy')).toContain('Restore what served');
    await isAsBefore(story, before);
  });

  test('gives them back when its last update comes to rest where it began', async () => {
    const { story, champion } = await openWithClients();
    const before = await story.serving();

    story.play({
      endpointUpdate: (_endpoint, config) =>
        config === champion.config || isOfTrial(config) ? 'shift' : 'return-to-old-config',
    });
    const release = await releaseWith(story, weights);

    expect(release).toMatchObject({
      outcome: 'ROLLED_BACK',
      reasons: ['SageMaker returned to the old config without an alarm and without a reason.'],
      detail: { endpoint: { servedConfig: champion.config } },
    });
    await isAsBefore(story, before);
  });

  test('gives them back when somebody rejected its package meanwhile', async () => {
    const { story, champion } = await openWithClients();
    const before = await story.serving();

    await startWith(story, weights);
    await story.entered('Change the weights', 'weights');
    await story.decide(String(turnOf(story).package), 'Rejected');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'REJECTED',
      reasons: [expect.stringContaining('was rejected before it served')],
      detail: { endpoint: { servedConfig: champion.config } },
    });
    await story.pass({ minutes: 30 });
    await isAsBefore(story, before);
  });

  test('stays proven when the answer to its last update is lost', async () => {
    const { story, champion } = await openWithClients();
    let isLost = false;

    story.play({
      fault: (call) => {
        if (isLost || !isUpdateTo(call, (config) => config !== champion.config && !isOfTrial(config)))
          return undefined;
        isLost = true;
        void story.world.sagemaker.operations[call.operation]!(call.input, call.caller);
        return new AwsError('InternalFailure', 'The answer was lost.', 500);
      },
    });
    const release = await releaseWith(story, weights);

    expect(release.outcome).toBe('LIVE');
    expect((await story.serving()).configs).toEqual([champion.config, release.config].sort());
  });
});

test('weights may follow a shadow, each with what it learnt', async () => {
  const { story, champion } = await openWithClients();

  // biome-ignore lint/suspicious/noThenProperty: the pipeline file calls it so.
  const release = await releaseWith(story, { shift: { ...shadow.shift, then: weights.shift } });

  expect(release).toMatchObject({
    outcome: 'LIVE',
    detail: {
      notes: [
        expect.stringContaining('As a shadow'),
        expect.stringContaining('10 %, then 50 %, then 100 % of the requests'),
        expect.stringContaining('Watched until'),
      ],
    },
  });
  expect((await story.serving()).configs).toEqual([champion.config, release.config].sort());
});

for (const [deploy, machine, state] of [
  [weights, 'weights', 'Try it with a share of the requests'],
  [shadow, 'shadow', 'Try it on copies of the requests'],
] as const) {
  const trialOf = (story: Story) => executionsOf(story, machine).at(-1)!;

  test(`a trial that is stopped fails its release, and the champion serves alone (${machine})`, async () => {
    const { story, champion } = await openWithClients();
    const before = await story.serving();

    await startWith(story, deploy);
    await isOnTrial(story);
    await story.abort(trialOf(story).arn);
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      detail: { failure: { state }, endpoint: { servedConfig: champion.config } },
    });
    await isAsBefore(story, before);
  });

  test(`a deployment that was stopped in its trial and redriven brings the champion back (${machine})`, async () => {
    const { story, champion, name, arn, before } = await deployingBy(deploy);
    await isOnTrial(story);
    await story.abort(arn);
    await story.redrive(arn);

    const { answer } = await ended(story, arn);

    expect(answer).toMatchObject({
      outcome: 'FAILED',
      servedConfig: champion,
      reasons: [expect.stringContaining('Its trial beside the champion was stopped')],
    });
    expect(name).not.toBe(champion);
    await isAsBefore(story, before);
  });

  test(`a newer intent that asked for the way ends it (${machine})`, async () => {
    const { story, champion, arn, before } = await deployingBy(deploy);
    await isOnTrial(story);
    await setTurn(story, 'SET floorRank = :rank', { ':rank': { S: '2099-01-01T00:00:00.000Z#00000000' } });

    const { answer } = await ended(story, arn);

    expect(answer).toMatchObject({
      outcome: 'SUPERSEDED',
      servedConfig: champion,
      reasons: [expect.stringContaining('newer')],
    });
    await isAsBefore(story, before);
  });
}

/** A deployment by itself, of whose end nobody hears but whoever waits for it. */
async function deployingBy(deploy: object) {
  const { story } = await openWithClients({
    event: ({ source }) => (['aws.states', 'aws.events'].includes(source) ? 'drop' : 'deliver'),
  });
  const live: ToldRelease = await releaseWith(story, deploy);
  await story.pass({ hours: 1 });
  const before = await story.serving();
  const arn = await startDeploy(story, live, {
    release: 'tried',
    name: 'tried-r0',
    deploy: { ...live.plan!.deploy, champion: { configName: live.config } },
  });
  return { story, champion: live.config, name: 'tried-r0', arn, before };
}

/** Lets time pass until the endpoint serves a trial's config. */
async function isOnTrial(story: Story): Promise<void> {
  const { clock } = story.world;
  const isThere = () => /^InService on .*-trial$/.test(endpointDiary(story).at(-1)!);
  await clock.runUntil(isThere, 24 * 3_600_000);
  await story.pass({ minutes: 2 });
}
