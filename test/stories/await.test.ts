import type { ExecutionView } from '../../local/services/stepfunctions/stepfunctions.ts';
import { ENDPOINT, openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

const DAY_SECONDS = 24 * 3600;
const LONG_SECONDS = 5 * DAY_SECONDS;

/** Something to wait for: how to ask for it, how it comes about, and what is then seen. */
interface Awaited {
  readonly input: Readonly<Record<string, unknown>>;
  readonly happen: () => Promise<unknown>;
  readonly seen: object;
}

const awaited: Record<string, (story: Story) => Promise<Awaited>> = {
  endpoint: async (story) => {
    const { config } = await story.liveRelease();
    await story.ask('CreateEndpointConfig', {
      EndpointConfigName: 'next',
      ProductionVariants: [
        { VariantName: 'main', ModelName: config, InstanceType: 'ml.c5.large', InitialInstanceCount: 4 },
      ],
    });
    return {
      input: { endpoint: ENDPOINT, config: 'next', since: story.world.clock.now() + 1 },
      happen: async () => {
        await story.pass({ minutes: 1 });
        await story.ask('UpdateEndpoint', { EndpointName: ENDPOINT, EndpointConfigName: 'next' });
      },
      seen: { status: 'InService', configName: 'next', missing: false },
    };
  },
  alarms: async (story) => {
    const { alarms, set } = await twoAlarms(story);
    await set(alarms[1], 'ALARM');
    return {
      input: { alarms, endpoint: ENDPOINT },
      happen: () => set(alarms[1], 'OK'),
      seen: { loud: [] },
    };
  },
  ring: async (story) => {
    const { alarms, set } = await twoAlarms(story);
    await set(alarms[1], 'INSUFFICIENT_DATA');
    return {
      input: { alarms, endpoint: ENDPOINT },
      happen: () => set(alarms[1], 'ALARM'),
      seen: { rings: [{ name: alarms[1], reason: 'by hand' }], gone: [] },
    };
  },
  watch: async (story) => {
    const { config } = await story.liveRelease();
    const { alarms, set } = await twoAlarms(story);
    return {
      input: { alarms: [...alarms, 'deleted'], endpoint: ENDPOINT, config },
      happen: () => set(alarms[1], 'ALARM'),
      seen: { rings: [{ name: alarms[1], reason: 'by hand' }], gone: ['deleted'] },
    };
  },
  package: async (story) => {
    const { detail } = await story.liveRelease();
    const decide = (ModelApprovalStatus: string, ApprovalDescription: string) =>
      story.ask('UpdateModelPackage', {
        ModelPackageArn: detail.modelPackageArn,
        ModelApprovalStatus,
        ApprovalDescription,
      });
    await decide('PendingManualApproval', 'to be looked at');
    return {
      input: { packageArn: detail.modelPackageArn },
      happen: () => decide('Rejected', 'biased'),
      seen: { status: 'Rejected', description: 'biased', missing: false },
    };
  },
  'processing-job': async (story) => {
    const { plan } = await story.liveRelease();
    story.play({ containers: { process: { seconds: LONG_SECONDS } } });
    await story.ask('CreateProcessingJob', {
      ...plan!.process!.request,
      ProcessingJobName: 'long',
      StoppingCondition: { MaxRuntimeInSeconds: LONG_SECONDS + DAY_SECONDS },
    });
    return {
      input: { job: 'long' },
      happen: () => story.ask('StopProcessingJob', { ProcessingJobName: 'long' }),
      seen: { status: 'Stopped', missing: false },
    };
  },
  'training-job': async (story) => {
    const { plan } = await story.liveRelease();
    story.play({ containers: { train: { seconds: LONG_SECONDS } } });
    await story.ask('CreateTrainingJob', {
      ...plan!.train!.rungs[0]!.request,
      TrainingJobName: 'long',
      StoppingCondition: {
        MaxRuntimeInSeconds: LONG_SECONDS + DAY_SECONDS,
        MaxWaitTimeInSeconds: LONG_SECONDS + 2 * DAY_SECONDS,
      },
    });
    return {
      input: { job: 'long' },
      happen: () => story.ask('StopTrainingJob', { TrainingJobName: 'long' }),
      seen: { status: 'Stopped', modelDataUrl: expect.stringMatching(/^s3:/), missing: false },
    };
  },
  outcome: async (story) => {
    const record = (outcome: string) =>
      asked(story, 'dynamodb', 'PutItem', {
        TableName: story.world.outputs.LedgerTableName,
        Item: {
          pk: { S: 'intent/one' },
          sk: { S: 'intent' },
          owner: { S: 'somebody' },
          outcome: { S: outcome },
          detail: { S: '{"reasons":[]}' },
        },
      });
    await record('RUNNING');
    return {
      input: { intent: 'one' },
      happen: async () => {
        await record('LIVE');
        await startMachine(story, 'wake', { subject: 'outcome/one' });
      },
      seen: { outcome: 'LIVE', owner: 'somebody', detail: { reasons: [] } },
    };
  },
};

/** Of one endpoint, both quiet. */
async function twoAlarms(story: Story) {
  const alarms = ['signalbox-prod-release-one-errors', 'signalbox-prod-release-one-latency'] as const;
  const set = (AlarmName: string, StateValue: string) =>
    asked(story, 'cloudwatch', 'SetAlarmState', { AlarmName, StateValue, StateReason: 'by hand' });
  for (const AlarmName of alarms) {
    await asked(story, 'cloudwatch', 'PutMetricAlarm', {
      AlarmName,
      Namespace: 'AWS/SageMaker',
      MetricName: 'Invocation5XXErrors',
      Dimensions: [{ Name: 'EndpointName', Value: ENDPOINT }],
      Statistic: 'Average',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Period: 60,
      EvaluationPeriods: 1,
      TreatMissingData: 'ignore',
    });
    await set(AlarmName, 'OK');
  }
  return { alarms, set };
}

describe('await', () => {
  for (const [kind, prepare] of Object.entries(awaited)) {
    test(`is told in time: ${kind}`, async () => {
      const story = await openStory();
      const { input, happen, seen } = await prepare(story);

      const execution = await startAwait(story, { kind, ...input }, 10 * DAY_SECONDS);
      await story.pass({ minutes: 2 });
      await happen();
      const answer = await answered(story, execution);

      expect(answer.output).toMatchObject({ over: true, ...seen });
      expect(answer.transitions).toBeLessThanOrEqual(20);
      expect(answer.seconds).toBeLessThan(1800);
      expect(mailboxes(story, execution)).toEqual([]);
    });

    if (kind !== 'outcome') {
      test(`sees for itself what no event tells: ${kind}`, async () => {
        const story = await openStory();
        const { input, happen, seen } = await prepare(story);
        story.play({ event: () => 'drop' });

        const execution = await startAwait(story, { kind, ...input }, 60);
        await happen();
        const answer = await answered(story, execution);

        expect(answer.output).toMatchObject({ over: true, ...seen });
        expect(answer.transitions).toBeLessThanOrEqual(40);
        expect(answer.seconds).toBeLessThan(3600);
      });
    }

    test(`ends at once when it has happened before: ${kind}`, async () => {
      const story = await openStory();
      const { input, happen, seen } = await prepare(story);
      await happen();
      await story.pass({ hours: 1 });

      const answer = await answered(story, await startAwait(story, { kind, ...input }, 60));

      expect(answer).toMatchObject({ output: { over: true, ...seen }, seconds: 0 });
      expect(answer.transitions).toBe(kind === 'watch' ? 6 : 5);
    });

    test(`gives up at its deadline after few rounds: ${kind}`, async () => {
      const story = await openStory();
      const { input } = await prepare(story);

      const short = await startAwait(story, { kind, ...input }, 60, 2 * DAY_SECONDS);
      const long = await startAwait(story, { kind, ...input }, 60, 4 * DAY_SECONDS);
      const [sooner, later] = [await answered(story, short), await answered(story, long)];

      expect(sooner.output).toMatchObject({ over: false });
      expect(later.output).toMatchObject({ over: false });
      expect(sooner.seconds).toBeLessThanOrEqual(2 * DAY_SECONDS + 60);
      expect(later.transitions).toBeLessThanOrEqual(kind === 'watch' ? 90 : 80);
      // Twice as long, one round more.
      expect(later.transitions - sooner.transitions).toBeLessThanOrEqual(6);
    });
  }

  const missing: [string, object][] = [
    ['endpoint', { endpoint: 'nowhere', config: 'none', since: 0 }],
    ['package', { packageArn: 'arn:aws:sagemaker:eu-west-1:123456789012:model-package/nowhere/1' }],
    ['processing-job', { job: 'nowhere' }],
    ['training-job', { job: 'nowhere' }],
    ['outcome', { intent: 'nowhere' }],
  ];
  for (const [kind, input] of missing) {
    test(`does not wait for what is not there: ${kind}`, async () => {
      const story = await openStory();

      const answer = await answered(story, await startAwait(story, { kind, ...input }, 60));

      expect(answer.output).toMatchObject({ over: true, missing: true });
      expect(answer.seconds).toBeLessThan(60);
    });
  }

  test('tells a service that is too busy from an endpoint that is not there', async () => {
    const story = await openStory();
    const { input, seen, happen } = await awaited.endpoint!(story);
    await happen();
    await story.pass({ hours: 1 });
    story.play({
      faults: [{ service: 'sagemaker', operation: 'DescribeEndpoint', call: 1, times: 12, kind: 'throttle' }],
    });

    const answer = await answered(story, await startAwait(story, { kind: 'endpoint', ...input }, 60));

    expect(answer.output).toMatchObject({ over: true, ...seen });
    expect(answer.transitions).toBeLessThan(30);
  });

  for (const operation of ['PutItem', 'UpdateItem', 'DeleteItem'] as const) {
    for (const kind of ['lose-answer', 'twice', 'throttle'] as const) {
      test(`is not misled by a ledger whose ${operation} meets "${kind}"`, async () => {
        const story = await openStory();
        const { input, happen, seen } = await awaited.alarms!(story);
        story.play({ faults: [{ service: 'dynamodb', operation, call: 1, times: 2, kind }] });

        const execution = await startAwait(story, { kind: 'alarms', ...input }, 600);
        await story.pass({ minutes: 2 });
        await happen();
        const answer = await answered(story, execution);

        expect(answer.output).toMatchObject({ over: true, ...seen });
        expect(answer.seconds).toBeLessThan(900);
      });
    }
  }

  test('that waits for an alarm is one state away from the answer when it rings', async () => {
    const story = await openStory();
    const { input, happen } = await awaited.watch!(story);
    const execution = await startAwait(story, { kind: 'watch', ...input }, 600);
    await story.pass({ minutes: 2 });
    const before = entered(story, execution);

    await happen();
    await answered(story, execution);

    expect(entered(story, execution).slice(before.length)).toEqual(['See what rang']);
  });

  test('that watches an endpoint hears neither that an alarm is quiet nor that what it watches serves', async () => {
    const story = await openStory();
    const { input } = await awaited.watch!(story);
    const [alarm] = input.alarms as string[];
    const execution = await startAwait(story, { kind: 'watch', ...input }, DAY_SECONDS);
    await story.pass({ minutes: 2 });
    const before = entered(story, execution);

    for (let hour = 0; hour < 5; hour += 1) {
      await asked(story, 'cloudwatch', 'SetAlarmState', {
        AlarmName: alarm,
        StateValue: hour % 2 === 0 ? 'INSUFFICIENT_DATA' : 'OK',
        StateReason: 'by hand',
      });
      await story.ask('UpdateEndpointWeightsAndCapacities', {
        EndpointName: ENDPOINT,
        DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 4 + hour }],
      });
      await story.pass({ hours: 1 });
    }

    expect(entered(story, execution)).toEqual(before);
  });

  test('that watches an endpoint ends when another config serves, but not by a trial of one', async () => {
    const story = await openStory();
    const { input } = await awaited.watch!(story);
    const execution = await startAwait(story, { kind: 'watch', ...input }, 600);
    const serve = async (EndpointConfigName: string) => {
      await story.ask('CreateEndpointConfig', {
        EndpointConfigName,
        ProductionVariants: [
          {
            VariantName: 'main',
            ModelName: input.config,
            InstanceType: 'ml.c5.large',
            InitialInstanceCount: 1,
          },
        ],
      });
      await story.ask('UpdateEndpoint', { EndpointName: ENDPOINT, EndpointConfigName });
      await story.pass({ hours: 1 });
    };

    await serve('next-trial');
    expect(story.world.stepfunctions.execution(execution).status).toBe('RUNNING');
    await serve('next');

    const { output } = await answered(story, execution);
    expect(output).toMatchObject({ over: true, rings: [], configName: 'next', status: 'InService' });
  });

  test('goes on without the ledger', async () => {
    const story = await openStory();
    const { input, happen, seen } = await awaited.alarms!(story);
    const operations = ['PutItem', 'UpdateItem', 'DeleteItem'] as const;
    story.play({
      faults: operations.map((operation) => ({ service: 'dynamodb', operation, kind: 'throttle' })),
    });

    const execution = await startAwait(story, { kind: 'alarms', ...input }, 60, DAY_SECONDS);
    await story.pass({ hours: 1 });
    await happen();
    const answer = await answered(story, execution);

    expect(answer.output).toMatchObject({ over: true, ...seen });
    expect(answer.transitions).toBeLessThan(60);
  });
});

const asked = (story: Story, service: 'cloudwatch' | 'dynamodb', operation: string, input: object) =>
  story.world.door.call({ service, operation, input, caller: story.world.person });

async function startMachine(story: Story, machine: 'await' | 'wake', input: object): Promise<string> {
  const { executionArn } = (await story.world.door.call({
    service: 'stepfunctions',
    operation: 'StartExecution',
    input: {
      stateMachineArn: story.world.resources[machine === 'await' ? 'AwaitMachine' : 'WakeMachine'],
      input: JSON.stringify(input),
    },
    caller: story.world.person,
  })) as { executionArn: string };
  return executionArn;
}

const startAwait = (story: Story, input: object, patienceSeconds: number, withinSeconds = 4 * DAY_SECONDS) =>
  startMachine(story, 'await', {
    ...input,
    patienceSeconds,
    deadline: new Date(story.world.clock.now() + withinSeconds * 1000).toISOString(),
  });

/** Lets time pass until it answers. */
async function answered(story: Story, arn: string) {
  const { clock, stepfunctions } = story.world;
  const view = (): ExecutionView => stepfunctions.execution(arn);
  await clock.runUntil(() => view().status !== 'RUNNING', 30 * DAY_SECONDS * 1000);
  const { status, output, history, startMs, stopMs } = view();
  expect(status).toBe('SUCCEEDED');
  return {
    output: JSON.parse(output!) as unknown,
    transitions: history.filter(({ type }) => type.endsWith('StateEntered')).length,
    seconds: (stopMs! - startMs) / 1000,
  };
}

const entered = (story: Story, arn: string): string[] =>
  story.world.stepfunctions
    .execution(arn)
    .history.filter(({ type }) => type.endsWith('StateEntered'))
    .map(({ stateEnteredEventDetails }) => (stateEnteredEventDetails as { name: string }).name);

const mailboxes = (story: Story, owner: string): unknown[] =>
  [...story.world.dynamodb.table(story.world.outputs.LedgerTableName!).all()].filter(
    ({ sk }) => (sk as { S: string }).S === owner,
  );
