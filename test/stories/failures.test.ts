import { AwsError } from '../../local/aws-error.ts';
import type { Call } from '../../local/door.ts';
import { leavesMetrics, metricsJson, type Step } from './support/behaviour.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

const fails = (message: string) => ({ exitCode: 1, message });

/** A champion serves; the next release breaks, and nobody who asks the endpoint notices. */
async function breaksBesideChampion(story: Story, act: () => Promise<void> | void): Promise<ToldRelease> {
  await story.liveRelease();
  const before = await story.serving();
  await act();
  story.upload('next.json');
  const release = await story.released();

  expect(release).toMatchObject({
    outcome: 'FAILED',
    execution: { status: 'FAILED', error: release.detail.failure!.error },
    notice: { subject: 'Signalbox: flight-delay FAILED' },
  });
  for (const reason of release.reasons) {
    expect(causeOf(release)).toContain(reason);
    expect(release.notice.message).toContain(`- ${reason}`);
  }
  expect(await story.serving()).toEqual(before);
  return release;
}

describe('a job that fails', () => {
  const jobs: [Step, string, string, RegExp][] = [
    [
      'process',
      'column delay is missing in 2001-03.json',
      'Process the data: column delay is missing in 2001-03.json (job ID-process-r0)',
      /Who can act: Whoever wrote the processing container or delivered its data/,
    ],
    [
      'train',
      'the loss is not a number',
      'Train the challenger: AlgorithmError: the loss is not a number, exit code: 1 (job ID-train-1-r0)',
      /Who can act: Whoever wrote the training container/,
    ],
    [
      'challenger',
      'the model has no trees',
      'Evaluate the candidates: the model has no trees (job ID-eval-challenger-r0)',
      /Who can act: Whoever wrote the evaluation container/,
    ],
    [
      'champion',
      'unknown column carrier',
      'Evaluate the candidates: unknown column carrier (job ID-eval-champion-r0)',
      /Who can act: Whoever wrote the evaluation container/,
    ],
  ];
  for (const [step, message, reason, actor] of jobs) {
    test(`fails the release with its own reason (${step})`, async () => {
      const story = await openStory();

      const release = await breaksBesideChampion(story, () =>
        story.play({ containers: { [step]: fails(message) } }),
      );

      expect(release.reasons).toEqual([reason.replace('ID', release.id)]);
      expect(release.notice.message).toMatch(actor);
      expect(release.states('deploy')).toEqual([]);
    });
  }

  test('fails the release when it trains longer than the pipeline allows', async () => {
    const story = await openStory();

    const release = await breaksBesideChampion(story, () =>
      story.play({ containers: { train: { seconds: 20_000 } } }),
    );

    expect(release.reasons).toEqual([
      'Train the challenger: The training ran longer than train.maxRuntimeSeconds allows',
    ]);
  });
});

describe('a job that somebody stops', () => {
  const stops: [string, string, string][] = [
    ['process', 'StopProcessingJob', 'ProcessingStoppedError'],
    ['train-1', 'StopTrainingJob', 'TrainingStoppedError'],
    ['eval-challenger', 'StopProcessingJob', 'EvaluationStoppedError'],
  ];
  for (const [part, operation, error] of stops) {
    test(`is no success (${part})`, async () => {
      const story = await openStory();

      const release = await breaksBesideChampion(story, () => stopWhenStarted(story, part, operation));

      expect(release.detail.failure).toMatchObject({
        error,
        cause: expect.stringContaining('ended as Stopped'),
      });
      expect(release.notice.message).toContain('Who can act: Whoever stopped the job');
    });
  }
});

/** The first job of that name is stopped two minutes after it was asked for. */
function stopWhenStarted(story: Story, part: string, operation: string): void {
  const kind = operation.replace('Stop', '').replace('Job', '');
  let isWaiting = true;
  story.play({
    fault: (call) => {
      const name = (call.input as Record<string, string>)[`${kind}JobName`] ?? '';
      if (isWaiting && call.operation === `Create${kind}Job` && name.includes(part)) {
        isWaiting = false;
        const { clock } = story.world;
        clock.at(clock.now() + 120_000, () => void story.ask(operation, { [`${kind}JobName`]: name }));
      }
      return undefined;
    },
  });
}

describe('metrics that cannot be trusted', () => {
  const rows = metricsJson({ auc: 0.7, logLoss: 0.4 }, 3999);
  const metrics: [string, string, RegExp][] = [
    [
      'are not JSON',
      '{"auc": 0.7',
      /\$ of the challenger's metrics \(s3:\/\/.*\/metrics\.json\) is not JSON/,
    ],
    [
      'break their contract',
      JSON.stringify({ schemaVersion: 1, rows: 'many', metrics: { auc: 'good' } }),
      /\$\.rows is "many"; must be of type integer.*\$\.metrics\.auc is "good"; must be of type number/,
    ],
    [
      'lack a gated metric',
      metricsJson({ auc: 0.7 }),
      /\$\.metrics\.logLoss is missing, and a gate speaks of it; there are auc/,
    ],
    [
      'are of other rows than the champion’s',
      rows,
      /\$\.rows is 3999 for the challenger and 4000 for the champion/,
    ],
  ];
  for (const [what, text, reason] of metrics) {
    test(`are an error and not a pass: they ${what}`, async () => {
      const story = await openStory();

      const release = await breaksBesideChampion(story, () =>
        story.play({ containers: { challenger: leavesMetrics(text) } }),
      );

      expect(release.detail.failure).toMatchObject({
        error: 'MetricsRefusedError',
        state: 'Judge challenger',
        cause: expect.stringMatching(reason),
      });
      expect(release.notice.message).toContain('Who can act: Whoever wrote the evaluation container');
    });
  }

  test('are an error when the evaluation left none', async () => {
    const story = await openStory();

    const release = await breaksBesideChampion(story, () =>
      story.play({ containers: { challenger: { outputs: {} } } }),
    );

    expect(release.detail.failure).toMatchObject({
      error: 'MetricsRefusedError',
      cause: expect.stringMatching(/^The evaluation of the challenger left no metrics\.json .*s3:\/\//),
      state: 'Evaluate the candidates',
    });
    expect(release.notice.message).toContain('Who can act: Whoever wrote the evaluation container');
  });
});

describe('AWS that does not do its part', () => {
  /** The door refuses the first calls of every kind to these services, as AWS does when too many come. */
  const throttled = (code: string, services: readonly string[], times: number) => {
    const seen = new Map<string, number>();
    return ({ service, operation, caller }: Call): AwsError | undefined => {
      if (caller.via !== 'state' || !services.includes(service)) return undefined;
      const count = (seen.get(operation) ?? 0) + 1;
      seen.set(operation, count);
      return count <= times ? new AwsError(code, 'Rate exceeded') : undefined;
    };
  };

  test('is asked again when it is too busy', async () => {
    const story = await openStory({
      fault: throttled('ThrottlingException', ['sagemaker', 'cloudwatch', 'ecr', 'sns', 's3'], 2),
    });

    await story.liveRelease();

    story.play({
      fault: throttled('ThrottlingException', ['sagemaker', 'cloudwatch', 'ecr', 'sns', 's3'], 2),
    });
    const update = await story.liveRelease();
    expect(update.detail.endpoint!.servedConfig).toBe(update.config);
  });

  for (const code of ['ProvisionedThroughputExceededException', 'ThrottlingException']) {
    test(`is asked again when the ledger is too busy (${code})`, async () => {
      const story = await openStory();
      await story.liveRelease();

      story.play({ fault: throttled(code, ['dynamodb'], 3) });

      await story.liveRelease();
    });
  }

  test('is asked again when a function cannot be started', async () => {
    const story = await openStory({ fault: throttled('TooManyRequestsException', ['lambda'], 4) });

    const release = await story.liveRelease();

    expect(retriesOf(release, 'Lambda.TooManyRequestsException')).toBe(4);
  });

  test('leaves nothing behind when one of the alarms cannot be made', async () => {
    const story = await openStory();

    const release = await breaksBesideChampion(story, () =>
      story.play({
        fault: ({ operation, input }) =>
          operation === 'PutMetricAlarm' && (input as { AlarmName: string }).AlarmName.endsWith('-latency')
            ? new AwsError('LimitExceeded', 'The quota for alarms has been reached.')
            : undefined,
      }),
    );

    expect(release.reasons).toEqual([
      expect.stringContaining('Make the alarms: The quota for alarms has been reached'),
    ]);
  });

  test('may lose the answer to a change of the endpoint: the change is proved all the same', async () => {
    const story = await openStory();
    const losesAnswers = () => {
      const lost = new Set<string>();
      story.play({
        fault: ({ operation, input, caller }) => {
          if (!/^(Create|Update)Endpoint$/.test(operation) || lost.has(operation)) return undefined;
          lost.add(operation);
          void story.world.sagemaker.operations[operation]!(input, caller);
          return new AwsError('InternalFailure', 'The answer was lost.', 500);
        },
      });
    };

    losesAnswers();
    const created = await story.liveRelease();
    losesAnswers();
    const updated = await story.liveRelease();

    for (const release of [created, updated])
      expect(release.states('deploy')).toContain('Look what became of it');
  });

  test('may refuse to create the endpoint: nothing is left, and the reason is told', async () => {
    const story = await openStory({
      fault: ({ operation }) =>
        operation === 'CreateEndpoint'
          ? new AwsError('ResourceLimitExceeded', 'No ml.c5.large is left.')
          : undefined,
    });

    story.upload('2001-02.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('Create the endpoint: No ml.c5.large is left.')],
      detail: { endpoint: { servedConfig: '' } },
    });
    expect(await story.serving()).toEqual({ endpoint: undefined, configs: [], models: [], alarms: [] });
  });
});

describe('conclude-release that keeps failing', () => {
  const noConclusion = ({ operation, input }: Call) =>
    operation === 'Invoke' && (input as { FunctionName: string }).FunctionName.includes('conclude-release')
      ? new AwsError('ServiceException', 'Service error.', 500)
      : undefined;

  test('does not keep the ending from being recorded and told', async () => {
    const story = await openStory({ fault: noConclusion });

    story.upload('2001-02.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: ['The outcome could not be concluded: Lambda.ServiceException'],
      // The name of the outcome is told by the function that is broken; the ledger and people know it all the same.
      execution: { status: 'FAILED', error: 'Lambda.ServiceException' },
      notice: {
        subject: 'Signalbox could not conclude a release',
        message: expect.stringContaining(release.id),
      },
    });
  });

  test('does not keep the reason of what broke before it', async () => {
    const story = await openStory({ fault: noConclusion, containers: { process: fails('no rows') } });

    story.upload('2001-02.json');
    const release = await story.released();

    expect(release.reasons).toEqual([
      'The outcome could not be concluded: Lambda.ServiceException',
      expect.stringMatching(/^Process the data: States.TaskFailed: .*no rows/),
    ]);
    expect(release.notice.message).toContain('no rows');
  });
});

/** What Step Functions shows of the task that failed the execution. */
const causeOf = ({ execution }: ToldRelease): string => JSON.parse(execution.cause!).errorMessage;

const retriesOf = ({ execution }: ToldRelease, error: string): number =>
  execution.history.filter((event) => JSON.stringify(event).includes(`"error":"${error}"`)).length;
