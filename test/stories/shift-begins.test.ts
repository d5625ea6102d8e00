import {
  endpointDiary,
  inputsOf,
  openWithClients,
  ownersAlarm,
  putAlarm,
  releaseWith,
  startWith,
} from './support/shifts.ts';
import { ENDPOINT, type Story } from './support/story.ts';
import { test } from './support/test.ts';

const scaledTo = (story: Story, count: number) =>
  story.ask('UpdateEndpointWeightsAndCapacities', {
    EndpointName: ENDPOINT,
    DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: count }],
  });

describe('a shift does not begin', () => {
  test('while an alarm that the pipeline names is not OK', async () => {
    const { story, champion } = await openWithClients();
    await ownersAlarm(story, 'checkout-conversion');
    await putAlarm(story, 'checkout-conversion', 'ALARM');
    const before = await story.serving();

    const release = await releaseWith(story, { alarms: { named: ['checkout-conversion'] } });

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringMatching(/the deadline: checkout-conversion is ALARM\.$/)],
      detail: { failure: { error: 'AlarmsNotQuietError' }, endpoint: { servedConfig: champion.config } },
    });
    expect(await story.serving()).toEqual(before);
    expect(story.called(/^UpdateEndpoint$/)).toEqual([]);
  });

  test('before an alarm that the pipeline names has become OK', async () => {
    const { story } = await openWithClients();
    await ownersAlarm(story, 'checkout-conversion');
    await putAlarm(story, 'checkout-conversion', 'ALARM');

    await startWith(story, { alarms: { named: ['checkout-conversion'] } });
    await story.entered('Wait until the alarms are quiet', 'deploy');
    await story.pass({ minutes: 10 });
    expect(story.called(/^UpdateEndpoint$/)).toEqual([]);
    await putAlarm(story, 'checkout-conversion', 'OK');

    expect((await story.released()).outcome).toBe('LIVE');
  });

  // What cannot be found would not be asked either.
  test('under an alarm that is not there', async () => {
    const { story, champion } = await openWithClients();

    const release = await releaseWith(story, { alarms: { named: ['checkout-conversion'] } });

    expect(release.outcome).toBe('FAILED');
    expect(release.reasons.join()).toContain('checkout-conversion does not exist');
    expect((await story.served())!.config).toBe(champion.config);
  });

  for (const [shift, needs] of [
    [{ type: 'canary', percent: 50 }, 2],
    [{ type: 'linear', stepPercent: 25 }, 4],
    [{ type: 'rolling', batchPercent: 50 }, 2],
  ] as const) {
    test(`when the endpoint was scaled in to one instance after the plan (${shift.type})`, async () => {
      const { story, champion } = await openWithClients();
      await startWith(story, { shift });
      await story.world.clock.runUntil(() => story.executions('train').length === 2, 3_600_000);
      await scaledTo(story, 1);

      const release = await story.released();

      expect(release.detail.failure).toMatchObject({
        error: 'TooFewInstancesError',
        cause: expect.stringContaining(`runs on 1 instances now and the shift needs ${needs}`),
      });
      expect(await story.served()).toMatchObject({ status: 'InService', config: champion.config });
    });
  }
});

test('all at once needs no more than one instance', async () => {
  const { story } = await openWithClients();
  await scaledTo(story, 1);
  await story.pass({ hours: 1 });

  const release = await releaseWith(story, { shift: { type: 'all-at-once' } });

  expect(release.outcome).toBe('LIVE');
  expect(await story.served()).toMatchObject({ config: release.config, instances: 1 });
});

test('a canary may be told in instances', async () => {
  const { story } = await openWithClients();

  const release = await releaseWith(story, { shift: { type: 'canary', instances: 2 } });

  expect(release.outcome).toBe('LIVE');
  expect(endpointDiary(story)).toContainEqual(
    expect.stringContaining(`${release.config} Baking: Baking canary capacity of 2 instance(s)`),
  );
});

test('a weight that somebody left on the variant is not carried over', async () => {
  const { story } = await openWithClients();
  await story.ask('UpdateEndpointWeightsAndCapacities', {
    EndpointName: ENDPOINT,
    DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredWeight: 0 }],
  });
  await story.pass({ minutes: 10 });

  await story.liveRelease();

  const { ProductionVariants } = await story.ask<{ ProductionVariants: { CurrentWeight: number }[] }>(
    'DescribeEndpoint',
    { EndpointName: ENDPOINT },
  );
  expect(ProductionVariants).toMatchObject([{ CurrentWeight: 1 }]);
});

test('alarms watch the release’s own fleet where the metric knows it, and the variant where it does not', async () => {
  const { story } = await openWithClients();

  const release = await releaseWith(story, { alarms: { cpuPercent: 90 } });

  const dimensionsOf = (key: string) =>
    inputsOf<{ AlarmName: string; Dimensions: { Name: string; Value: string }[] }>(
      story,
      'PutMetricAlarm',
    ).find(({ AlarmName }) => AlarmName === `signalbox-prod-release-${release.config}-${key}`)!.Dimensions;
  const variant = [
    { Name: 'EndpointName', Value: ENDPOINT },
    { Name: 'VariantName', Value: 'main' },
  ];
  expect(dimensionsOf('errors')).toEqual([...variant, { Name: 'EndpointConfigName', Value: release.config }]);
  expect(dimensionsOf('cpu')).toEqual(variant);
});
