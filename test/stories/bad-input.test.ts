import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

/** Starts a release by hand that is refused before anything costs money. */
async function refused(story: Story, request: unknown, name?: string): Promise<ToldRelease> {
  await story.start(request, name);
  const release = await story.released();

  expect(release).toMatchObject({
    outcome: 'FAILED',
    execution: { status: 'FAILED', error: release.detail.failure!.error },
    notice: { subject: expect.stringMatching(/^Signalbox: .* FAILED$/) },
  });
  expect(release.notice.message).toContain(`- ${release.reasons[0]}`);
  expect(story.called(/^Create/)).toEqual([]);
  return release;
}

describe('a request', () => {
  test('for an unknown pipeline is told the known ones', async () => {
    const story = await openStory();

    const release = await refused(story, { pipeline: 'flight-dela' });

    expect(release.detail).toMatchObject({
      failure: { error: 'UnknownPipelineError', state: 'Check request' },
      release: { pipeline: 'flight-dela', trigger: { kind: 'manual' } },
    });
    expect(release.reasons).toEqual([
      'Check request: $.pipeline is "flight-dela"; did you mean flight-delay? Known pipelines: flight-delay.',
    ]);
    expect(release.notice.message).toContain('Who can act: Whoever started the release');
  });

  test('that is wrong in many places is told each of them', async () => {
    const story = await openStory();

    const release = await refused(story, {
      pipeline: 'flight-delay',
      trigger: { kind: 'dat', reason: 'new data' },
      failUnlessLive: 'yes',
      overides: {},
    });

    expect(release.detail.failure!.error).toBe('RequestRefusedError');
    for (const path of [
      '$.trigger.kind',
      '$.trigger.reason',
      '$.failUnlessLive',
      '$.overides is not a known field; did you mean overrides?',
    ])
      expect(release.reasons[0]).toContain(path);
  });

  test('with overrides that do not fit is told where, below $.overrides', async () => {
    const story = await openStory();

    const release = await refused(story, {
      pipeline: 'flight-delay',
      overrides: {
        train: { maxRuntimeSeconds: 90_000 },
        deploy: { shift: { bakeSeconds: 60 }, instances: { count: 1 } },
      },
    });

    for (const path of [
      '$.overrides.train.spot.maxWaitSeconds is 28800',
      '$.overrides.deploy.shift.bakeSeconds is 60',
      '$.overrides.deploy.instances.count is 1',
    ])
      expect(release.reasons[0]).toContain(path);
  });

  test('under a name that no release could have is told like any other', async () => {
    const story = await openStory();

    const release = await refused(story, { pipeline: 7 }, `My_Try.${'x'.repeat(70)}`);

    expect(release.id).toBe(`My_Try.${'x'.repeat(70)}`);
    expect(release.reasons[0]).toContain('$.pipeline is 7; must be of type string');
  });

  for (const [what, request] of [
    ['a text', 'flight-delay'],
    ['a list', [1]],
    ['nothing', null],
    ['a pipeline’s name as long as a page', { pipeline: 'é'.repeat(3000) }],
  ] as const) {
    test(`that is ${what} is refused and told`, async () => {
      const story = await openStory();

      const release = await refused(story, request);

      expect(release.detail.failure).toMatchObject({ error: 'RequestRefusedError', state: 'Check request' });
    });
  }
});

describe('a way into production', () => {
  test('that mixes two shifts is refused with what the one takes', async () => {
    const story = await openStory();

    const release = await refused(story, {
      pipeline: 'flight-delay',
      overrides: { deploy: { shift: { type: 'rolling', bakeSeconds: 600 } } },
    });

    expect(release.detail.failure).toMatchObject({ error: 'RequestRefusedError', state: 'Check request' });
    expect(release.reasons[0]).toContain(
      '$.overrides.deploy.shift.bakeSeconds means nothing to rolling, which takes batchPercent, rollbackBatchPercent, intervalSeconds',
    );
  });

  test('that SageMaker would not guard is refused with the page that says so, before anything is trained', async () => {
    const story = await openStory();

    const release = await refused(story, {
      pipeline: 'flight-delay',
      overrides: { deploy: { instances: { type: 'ml.inf1.xlarge' } } },
    });

    expect(release.detail.failure).toMatchObject({ error: 'PlanRefusedError', state: 'Plan release' });
    expect(release.reasons[0]).toContain(
      'SageMaker would move everything at once without baking, hear no alarm and not say so (SageMaker guide, “Deployment guardrails: Exclusions”): choose weights',
    );
    expect(release.notice.message).toContain('Who can act: The author of the pipeline');
  });

  test('for a model that Neo cannot compile for its endpoint is refused before anything is trained', async () => {
    const story = await openStory();

    const release = await refused(story, {
      pipeline: 'flight-delay',
      overrides: { compile: { framework: 'TFLITE', input: { x: [1] }, target: 'ml_m5' } },
    });

    for (const told of [
      '$.compile.target is ml_m5, and deploy.instances.type is ml.c5.large',
      '$.compile.framework is TFLITE, which Neo does not compile for instances of an endpoint',
    ])
      expect(release.reasons[0]).toContain(told);
  });
});

describe('an image', () => {
  test('that is not there is told by the name that the pipeline gives it, before any job', async () => {
    const story = await openStory({ image: null });

    story.upload('2001-02.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: ['Resolve the images: The image flight-delay:stable of the pipeline is not in ECR.'],
      detail: { failure: { error: 'ImageMissingError' } },
      notice: { message: expect.stringContaining('Who can act: Whoever builds the image') },
    });
    expect(story.called(/^Create/)).toEqual([]);
  });
});

describe('an endpoint', () => {
  test('that somebody made by hand is refused by name, for it has no champion to compare with', async () => {
    const story = await openStory();
    await serveByHand(story);

    story.upload('2001-02.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [
        expect.stringContaining(
          '$.deploy.endpoint is flight-delay, which serves by-hand; that was not made from a model package',
        ),
      ],
      detail: { failure: { error: 'PlanRefusedError', state: 'Plan release' } },
    });
    expect(story.called(/^Create/)).toEqual([]);
    expect((await story.served())!.config).toBe('by-hand');
  });

  test('that has come down to one instance is refused before a canary is trained for it', async () => {
    const story = await openStory();
    await story.liveRelease();
    await story.ask('UpdateEndpointWeightsAndCapacities', {
      EndpointName: 'flight-delay',
      DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 1 }],
    });
    await story.pass({ hours: 1 });
    const jobs = story.called(/^Create.*Job$/).length;

    story.upload('2001-03.json');
    const release = await story.released();

    expect(release.reasons).toEqual([expect.stringContaining('a canary needs at least 2 instances')]);
    expect(story.called(/^Create.*Job$/)).toHaveLength(jobs);
  });
});

async function serveByHand(story: Story): Promise<void> {
  const { accountId, region, resources } = story.world;
  story.world.s3.put(story.world.outputs.ArtifactBucketName!, 'by-hand/model.tar.gz', 'model');
  await story.ask('CreateModel', {
    ModelName: 'by-hand',
    ExecutionRoleArn: `arn:aws:iam::${accountId}:role/${resources.JobRole}`,
    PrimaryContainer: {
      Image: `${accountId}.dkr.ecr.${region}.amazonaws.com/flight-delay:stable`,
      ModelDataUrl: `s3://${story.world.outputs.ArtifactBucketName}/by-hand/model.tar.gz`,
    },
  });
  await story.ask('CreateEndpointConfig', {
    EndpointConfigName: 'by-hand',
    ProductionVariants: [
      { VariantName: 'main', ModelName: 'by-hand', InstanceType: 'ml.c5.large', InitialInstanceCount: 2 },
    ],
  });
  await story.ask('CreateEndpoint', { EndpointName: 'flight-delay', EndpointConfigName: 'by-hand' });
  await story.pass({ hours: 1 });
}

describe('the event queue', () => {
  test('sets poison aside, and nothing else, and somebody is told', async () => {
    const story = await openStory();
    const poison = [
      'this is not JSON',
      '{"source":"aws.s3"}',
      JSON.stringify({ ...envelope, source: 'aws.ec2' }),
    ];

    for (const body of poison) story.world.sqs.send(story.world.resources.EventQueue!, body);
    story.upload('2001-02.json');
    story.upload('2001-03.json');
    await story.pass({ minutes: 5 });

    expect(story.executions('release')).toHaveLength(1);
    expect(story.deadLetters().sort()).toEqual(poison.sort());
    expect(story.world.cloudwatch.alarms.get('signalbox-prod-lost-events')!.current.state).toBe('ALARM');
    expect(story.world.sns.published.map(({ subject }) => subject)).toContain(
      'ALARM: "signalbox-prod-lost-events" in EU (Ireland)',
    );
  });
});

const envelope = {
  version: '0',
  id: '6f1f0a9e-8a2b-4a55-9a3a-1e5f5f0a7c11',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  time: '2026-03-02T09:00:00Z',
  detail: {},
};
