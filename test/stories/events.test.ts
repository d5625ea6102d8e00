import { AwsError } from '../../local/aws-error.ts';
import type { Call } from '../../local/door.ts';
import type { Scenario } from '../../local/scenario.ts';
import type { ExecutionView } from '../../local/services/stepfunctions/stepfunctions.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

type Event = Parameters<NonNullable<Scenario['event']>>[0];
type Fate = ReturnType<NonNullable<Scenario['event']>>;

const isOfEndpoint = ({ source }: Event): boolean => source === 'aws.sagemaker';
const isOfAlarm = ({ source }: Event): boolean => source === 'aws.cloudwatch';

const those = (which: (event: Event) => boolean, fate: Fate) => ({
  event: (event: Event) => (which(event) ? fate : 'deliver'),
});

/** A first release and one that follows it by canary, both LIVE and serving. */
async function twoLiveReleases(story: Story): Promise<void> {
  for (let count = 0; count < 2; count += 1) {
    const release = await story.liveRelease();
    expect((await story.served())!.config).toBe(release.config);
  }
}

/** The executions that wait for something on behalf of a deployment. */
const waits = (story: Story): ExecutionView[] =>
  story.world.stepfunctions
    .executions()
    .filter(
      ({ machineName, parentArn }) =>
        machineName.endsWith('-await') && parentArn?.includes('-deploy:') === true,
    );

const timeOuts = (story: Story): number =>
  waits(story)
    .flatMap(({ history }) => history)
    .filter(({ type }) => type === 'TaskTimedOut').length;

/** The states of every wait, in the order in which they were entered. */
const statesOfWaits = (story: Story): string[] =>
  waits(story)
    .flatMap(({ history }) => history)
    .filter(({ type }) => type.endsWith('StateEntered'))
    .map(({ stateEnteredEventDetails }) => (stateEnteredEventDetails as { name: string }).name);

describe('the truth is found', () => {
  test('when events come as they should, without a time-out', async () => {
    const story = await openStory();

    await twoLiveReleases(story);

    expect(timeOuts(story)).toBe(0);
  });

  test('when the endpoint’s events never arrive', async () => {
    const story = await openStory(those(isOfEndpoint, 'drop'));

    await twoLiveReleases(story);

    expect(timeOuts(story)).toBe(2);
  });

  test('when the alarms’ events never arrive', async () => {
    const story = await openStory(those(isOfAlarm, 'drop'));

    await twoLiveReleases(story);

    expect(timeOuts(story)).toBe(1);
  });

  test('when every event comes twice', async () => {
    const story = await openStory(those((event) => isOfEndpoint(event) || isOfAlarm(event), 'double'));

    await twoLiveReleases(story);

    expect(timeOuts(story)).toBe(0);
    expect(story.executions('wake').every(({ status }) => status === 'SUCCEEDED')).toBe(true);
  });

  test('when every event comes hours late', async () => {
    const story = await openStory(those((event) => isOfEndpoint(event) || isOfAlarm(event), 3 * 3600));

    await twoLiveReleases(story);
    await story.pass({ hours: 6 });

    // What comes when all is over finds nobody and breaks nothing.
    expect(story.executions('wake').every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(story.world.cloudwatch.alarms.get('signalbox-prod-failed-wakes')!.current.state).toBe('OK');
  });

  test('when the event comes before anyone listens', async () => {
    const story = await openStory({ provisioning: { fleetSeconds: 0 } });
    // The ledger is busy until the endpoint has said that it is in service.
    story.play(busyLedger(({ pk }) => pk.startsWith('endpoint/') && !hasHeardOfEndpoint(story)));

    await story.liveRelease();

    expect(statesOfWaits(story)).not.toContain('Wait for news');
  });

  test('when the event comes after the look and before the sleep', async () => {
    const story = await openStory({ provisioning: { fleetSeconds: 1 } });
    // The ledger is busy until the event has left its note.
    story.play(
      busyLedger(
        ({ pk, sets }) =>
          pk.startsWith('endpoint/') && sets === 'SET #token = :token' && !hasHeardOfEndpoint(story),
      ),
    );

    await story.liveRelease();

    const states = statesOfWaits(story);
    expect(states[states.indexOf('Wait for news') + 1]).toBe('Listen');
    expect(timeOuts(story)).toBe(0);
  });

  test('when the alarm that rolled the challenger back told nobody', async () => {
    const story = await openStory({ fleet: () => ({ requestsPerMinute: 600 }) });
    const champion = await story.liveRelease();

    story.play({
      event: () => 'drop',
      fleet: () => ({ requestsPerMinute: 600, errorShare: 0.5 }),
    });
    await story.start({ pipeline: 'flight-delay' });
    const release = await story.released();

    expect(release.outcome).toBe('ROLLED_BACK');
    expect(release.reasons.join()).toContain(`signalbox-prod-release-${release.config}-errors`);
    expect((await story.served())!.config).toBe(champion.config);
  });

  test('when the ledger cannot be written while the endpoint changes', async () => {
    const story = await openStory({ provisioning: { fleetSeconds: 7200 } });
    story.play(busyLedger(({ pk }) => pk.startsWith('endpoint/')));

    await story.liveRelease();

    expect(statesOfWaits(story)).toContain('Pause before looking again');
  });
});

const hasHeardOfEndpoint = (story: Story): boolean =>
  story
    .executions('wake')
    .some(({ status, input }) => status !== 'RUNNING' && input.includes('SageMaker Endpoint State Change'));

/** DynamoDB is too busy for those writes of a state machine. */
const busyLedger = (isRefused: (write: { pk: string; sets: string | undefined }) => boolean) => ({
  fault: ({ service, input, caller }: Call): AwsError | undefined => {
    if (service !== 'dynamodb' || caller.via !== 'state') return undefined;
    const { Key, Item, UpdateExpression } = input as {
      Key?: { pk: { S: string } };
      Item?: { pk: { S: string } };
      UpdateExpression?: string;
    };
    const pk = (Key ?? Item)?.pk.S ?? '';
    return isRefused({ pk, sets: UpdateExpression })
      ? new AwsError('ProvisionedThroughputExceededException', 'Rate exceeded')
      : undefined;
  },
});

describe('one signal starts one release', () => {
  const signals: [string, string, (story: Story) => void][] = [
    ['an upload', 'aws.s3', (story) => story.upload('2001-02.json')],
    ['an image push', 'aws.ecr', (story) => void story.pushImage('two')],
  ];
  for (const [what, source, send] of signals) {
    test(`when S3 and ECR tell it twice: ${what}`, async () => {
      const story = await openStory(those((event) => event.source === source, 'double'));

      send(story);
      const release = await story.released();
      await story.pass({ hours: 24 });

      expect(release.outcome).toBe('LIVE');
      expect(story.executions('deploy')).toHaveLength(1);
      // Whoever finds that it was asked before ends as the first one does.
      for (const { output } of story.executions('release'))
        expect(JSON.parse(output!)).toEqual(release.detail);
      expect(story.world.journal.text()).toMatch(new RegExp(`sends ${source.replace('.', '\\.')} .* again`));
    });

    test(`when it is told again after the release has ended: ${what}`, async () => {
      const story = await openStory();
      const queue = story.world.resources.EventQueue!;
      const heard: string[] = [];
      story.play({
        fault: ({ operation, input, caller }) => {
          if (operation === 'SendMessage' && caller.arn === 'events.amazonaws.com')
            heard.push((input as { MessageBody: string }).MessageBody);
          return undefined;
        },
      });
      send(story);
      await story.released();

      story.world.sqs.send(queue, heard[0]!);
      await story.pass({ hours: 24 });

      expect(heard).toHaveLength(1);
      expect(story.executions('release')).toHaveLength(1);
      expect(story.world.sqs.messages(queue)).toEqual([]);
      expect(story.deadLetters()).toEqual([]);
    });
  }

  test('but the same file uploaded again is a new signal', async () => {
    const story = await openStory();
    story.upload('2001-02.json', '[1]');
    await story.released();

    story.upload('2001-02.json', '[1]');
    await story.released();

    expect(story.executions('release')).toHaveLength(2);
  });

  test('and what no pipeline watches starts none', async () => {
    const story = await openStory();

    story.world.s3.put(story.world.outputs.DataBucketName!, 'elsewhere/2001-02.json', '[1]');
    story.upload('notes.txt');
    story.upload('folder/', '');
    story.pushImage('two', 'experiment');
    await story.pass({ hours: 1 });

    expect(story.executions('release')).toEqual([]);
    expect(story.deadLetters()).toEqual([]);
  });
});
