import { sample } from '../support/samples.ts';
import {
  call,
  deadLetters,
  emit,
  event,
  openForEach,
  outside,
  pass,
  requests,
  started,
  upload,
  WAYS,
  world,
} from './support/ways-in.ts';

openForEach();

describe('a release is asked for by', () => {
  test.each(WAYS)('%s, through its own rule', async (_, signal, trigger) => {
    await signal();
    await pass(5);

    const [request, ...others] = requests();
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      pipeline: expect.stringMatching(/^(every-trigger|after-build)$/),
      trigger,
    });
    expect(deadLetters()).toEqual([]);
  });

  test('a schedule, at its hour in its time zone', async () => {
    // The world opens at 09:00 UTC; 03:00 in Zurich is 02:00 UTC in winter.
    await pass(16 * 60 + 59);
    const before = requests().filter(({ pipeline }) => pipeline === 'every-trigger');
    await pass(3);

    expect(before).toEqual([]);
    expect(requests().find(({ pipeline }) => pipeline === 'every-trigger')?.trigger).toMatchObject({
      kind: 'schedule',
      schedule: 'every-trigger',
      scheduledTime: '2026-03-03T02:00:00Z',
    });
  });

  test('each, and it goes live', async () => {
    const ends: (string | undefined)[] = [];
    const live = async (signal: () => unknown): Promise<void> => {
      const before = started('release').length;
      await signal();
      await world.clock.runUntil(() => started('release')[before]?.output !== undefined, 48 * 3600_000);
      ends.push(JSON.parse(started('release')[before]!.output!).outcome);
    };

    await live(() => upload('every-trigger/incoming/1.json'));
    await live(() => void world.ecr.push({ repository: 'every-trigger', tag: 'stable', content: 'two' }));
    // The next one is the schedule's.
    await live(() => {});

    expect(ends).toEqual(['LIVE', 'LIVE', 'LIVE']);
    expect(requests().map(({ trigger }) => trigger.kind)).toEqual(['data', 'image', 'schedule']);
  });

  test('and a rejection asks for the release before', async () => {
    emit('sagemaker/package-rejected');
    await pass(1);

    expect(JSON.parse(started('rollback')[0]!.input)).toMatchObject({
      pipeline: 'every-trigger',
      packageArn: expect.stringMatching(/model-package\/every-trigger\/7$/),
    });
    expect(requests()).toEqual([]);
  });
});

describe('a signal', () => {
  test('that is delivered twice starts once', async () => {
    const queue = world.resources.EventQueue!;
    const message = sample('ecr/image-pushed').replaceAll('flight-delay', 'every-trigger');

    world.sqs.send(queue, message);
    world.sqs.send(queue, message);
    await pass(1);
    world.sqs.send(queue, message);
    await pass(60);

    expect(started('release')).toHaveLength(1);
    expect(deadLetters()).toEqual([]);
  });

  test('that the service tells twice, with two ids, names one intent, and an upload one list', async () => {
    outside.fate = () => 'double';

    for (const [, signal] of WAYS) await signal();
    await pass(5);

    const intents = new Set(started('release').map(({ name }) => name.replace(/-[0-9a-f]{8}$/, '')));
    expect(intents.size).toBe(WAYS.length);
    expect(requests().filter(({ trigger }) => trigger.kind === 'data')).toHaveLength(1);
  });

  test('that is overtaken keeps its own time, by which releases are put in order', async () => {
    let delaySeconds = 90;
    outside.fate = () => {
      const given = delaySeconds;
      delaySeconds = 0;
      return given;
    };

    world.ecr.push({ repository: 'every-trigger', tag: 'stable', content: 'older' });
    await pass(1);
    world.ecr.push({ repository: 'every-trigger', tag: 'stable', content: 'newer' });
    await pass(3);

    const times = requests().map(({ trigger }) => trigger.eventTime as string);
    expect(times).toHaveLength(2);
    expect(times[0]! > times[1]!).toBe(true);
  });

  test('that is lost is made up for by the next', async () => {
    outside.fate = () => 'drop';
    upload('every-trigger/incoming/1.json');
    await pass(5);
    outside.fate = () => 'deliver';
    upload('every-trigger/incoming/2.json');
    await pass(5);

    expect(requests()).toHaveLength(1);
  });
});

describe('what nobody can use', () => {
  test('is counted and dropped when no pipeline watches it', async () => {
    const { source, detailType, detail } = event('code/code-pushed');
    const Detail = JSON.stringify({ ...detail, repository: 'some-other-model' });

    await call('events', 'PutEvents', {
      Entries: [{ Source: source, DetailType: detailType, Detail, EventBusName: world.resources.EventBus }],
    });
    await pass(5);

    const { logs } = [...world.lambda.functions.values()].find(({ name }) => name.endsWith('-route-events'))!;
    const counted = logs.filter((line) => line.includes('CloudWatchMetrics')).map((line) => JSON.parse(line));
    expect(counted).toEqual([
      expect.objectContaining({ EventsReceived: 1, EventsUnmatched: 1, EventsMalformed: 0 }),
    ]);
    expect(requests()).toEqual([]);
    expect(deadLetters()).toEqual([]);
  });

  test('lies in the dead-letter queue with its reason, an alarm rings, and the rest goes on', async () => {
    emit('ecr/image-pushed-with-odd-digest');
    emit('codecommit/branch-updated-without-commit');
    world.sqs.send(world.resources.EventQueue!, 'hello');
    emit('cloudwatch/drift-found');
    await pass(3);

    const reasons = deadLetters().map(({ attributes }) => attributes.Reason?.StringValue);
    expect(reasons.sort()).toEqual([
      '"latest" is no digest.',
      '$.detail.commitId is missing or not text.',
      expect.stringMatching(/^The message is not JSON/),
    ]);
    expect(world.cloudwatch.alarms.get('signalbox-prod-lost-events')?.current.state).toBe('ALARM');
    expect(requests()).toHaveLength(1);
    expect(world.sqs.messages(world.resources.EventQueue!)).toEqual([]);
  });
});
