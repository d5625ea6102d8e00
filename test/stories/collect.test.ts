import { Random } from '../../local/random.ts';
import {
  call,
  entered,
  type Listed,
  lists,
  names,
  open,
  openForEach,
  outside,
  put,
  seconds,
  started,
  stop,
  transitions,
  world,
} from './support/bursts.ts';

openForEach();

test('ten thousand uploads, shuffled and a tenth of them doubled, are one release with a complete list', async () => {
  const random = new Random(11).stream('uploads');
  outside.fate = () => (random.integer(10) === 0 ? 'double' : random.integer(60));

  for (let index = 0; index < 10_000; index += 1) put(`${index}.json`);
  await seconds(600);

  const [list, ...others] = await lists();
  expect(others).toEqual([]);
  expect(names(list!).sort()).toEqual(Array.from({ length: 10_000 }, (_, index) => `${index}.json`).sort());
  // They came over a minute, in a dozen batches of the queue.
  expect(started('collect').map(transitions)[0]).toBeLessThan(25);
  expect(outside.writes).toBeLessThan(40);
  expect(Object.keys(await open()).sort()).toEqual(['pk', 'released', 'sk']);
});

test('quiet counts from the last upload, and the longest wait from the first', async () => {
  put('first.json');
  for (let minute = 0; minute < 40; minute += 1) {
    await seconds(60);
    put(`${minute}.json`);
  }
  await seconds(600);

  const [first, second, ...others] = await lists();
  expect(others).toEqual([]);
  expect([first!.length, second!.length].map((count) => count > 0)).toEqual([true, true]);
  expect(first!.length + second!.length).toBe(41);
  const [one] = started('collect');
  expect(one!.stopMs! - one!.startMs).toBeGreaterThanOrEqual(1800_000);
  expect(one!.stopMs! - one!.startMs).toBeLessThan(1900_000);
});

test('of a key that was overwritten the newest version is listed, in whatever order its events come', async () => {
  let delay = 30;
  outside.fate = () => (delay -= 10);
  put('same.json', '[1]');
  put('same.json', '[2]');
  put('same.json', '[3]');
  await seconds(400);

  const [list, ...others] = await lists();
  const { VersionId } = await call<{ VersionId: string }>('s3', 'HeadObject', {
    Bucket: world.outputs.DataBucketName,
    Key: 'every-trigger/incoming/same.json',
  });
  expect(others).toEqual([]);
  expect(list).toEqual([expect.objectContaining({ versionId: VersionId })]);
});

test('an event that comes again long after its burst asks nothing', async () => {
  let isLate = true;
  outside.fate = () => (isLate ? 'double' : 'deliver');
  put('1.json');
  put('2.json');
  isLate = false;
  await seconds(400);
  const queue = world.sqs.queue(world.resources.EventQueue!);
  const versions = (await lists())[0]!;

  world.sqs.send(world.resources.EventQueue!, told('1.json', versions[0]!));
  await seconds(400);

  expect(started('collect')).toHaveLength(2);
  expect(started('release')).toHaveLength(1);
  expect(queue.all()).toEqual([]);
});

/** The event of an object that was listed, as EventBridge would deliver it once more. */
const told = (name: string, listed: Listed & { sequencer?: string; size?: number }): string =>
  JSON.stringify({
    version: '0',
    id: '3f0c1c52-9c52-4a1e-8f9e-0d7a3f7f5aff',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    time: '2026-03-02T09:00:00Z',
    detail: {
      bucket: { name: world.outputs.DataBucketName },
      object: {
        key: `every-trigger/incoming/${name}`,
        size: listed.size,
        etag: listed.etag,
        'version-id': listed.versionId,
        sequencer: listed.sequencer,
      },
    },
  });

describe('a marker', () => {
  test('ends the burst at once, whatever quiet and wait say', async () => {
    for (let index = 0; index < 3; index += 1) {
      put(`${index}.json`, '[1]', 'after-build');
      await seconds(300);
    }
    const before = started('release').length;

    put('_SUCCESS', '', 'after-build');
    await seconds(30);

    expect(before).toBe(0);
    expect((await lists()).map(names)).toEqual([['0.json', '1.json', '2.json']]);
    expect(transitions(started('collect')[0]!)).toBeLessThan(16);
  });

  test('that overtakes some of its objects leaves none behind', async () => {
    const random = new Random(3).stream('order');
    outside.fate = () => random.integer(8);

    for (let index = 0; index < 50; index += 1) put(`${index}.json`, '[1]', 'after-build');
    put('_SUCCESS', '', 'after-build');
    await seconds(60);

    expect((await lists()).map(({ length }) => length)).toEqual([50]);
  });

  test('that never comes is not waited for longer than the longest wait', async () => {
    put('1.json', '[1]', 'after-build');
    await seconds(3500);
    const before = started('release').length;
    await seconds(200);

    expect(before).toBe(0);
    expect(started('release')).toHaveLength(1);
  });

  test('alone asks nothing', async () => {
    put('_SUCCESS', '', 'after-build');
    await seconds(4000);

    expect(started('release')).toEqual([]);
    expect(Object.keys(await open('after-build'))).not.toContain('batch');
  });
});

describe('a collector that is stopped', () => {
  test('while it waits is replaced at the next upload, and nothing is lost', async () => {
    put('1.json');
    await seconds(30);
    await stop(started('collect')[0]!.arn);
    put('2.json');
    await seconds(400);

    expect((await lists()).map(names)).toEqual([['1.json', '2.json']]);
  });

  test.each(['Seal the burst', 'Write manifest', 'Ask for a release', 'Close the burst'])(
    'in "%s" leaves one release for each object, when another takes over',
    async (state) => {
      put('1.json');
      await world.clock.runUntil(() => started('collect').some((one) => entered(one, state)), 600_000);
      await stop(started('collect')[0]!.arn).catch(() => undefined);
      await seconds(60);
      put('2.json');
      await seconds(600);

      const listed = (await lists()).flatMap(names);
      expect(listed.sort()).toEqual(['1.json', '2.json']);
      expect(Object.keys(await open())).not.toContain('batch');
    },
  );
});

describe('uploads that come while a burst is asked for', () => {
  test('are gathered by the next collector', async () => {
    let isFirst = true;
    // Time enough for the next upload's event.
    outside.faults = [
      {
        service: 'lambda',
        operation: 'Invoke',
        by: '*CollectMachineRole*',
        call: 1,
        kind: 'slow',
        seconds: 30,
      },
    ];
    put('1.json');
    await world.clock.runUntil(() => {
      const isSealed = started('collect').some((one) => entered(one, 'Write manifest'));
      if (isSealed && isFirst) {
        isFirst = false;
        put('2.json');
      }
      return started('release').length === 2;
    }, 3_600_000);
    await seconds(60);

    expect(entered(started('collect')[0]!, 'Start the next collector')).toBe(true);
    expect((await lists()).map(names)).toEqual([['1.json'], ['2.json']]);
    expect(Object.keys(await open())).not.toContain('batch');
  });
});
