import type { Addition, Burst, Doors, Execution } from '../../functions/route-events/doors.ts';
import { routeBatch } from '../../functions/route-events/route-batch.ts';
import type { Pipeline } from '../../functions/shared/generated/contracts.ts';
import packaged from '../../functions/shared/generated/pipelines.json' with { type: 'json' };
import { changed, detail, sample } from '../support/samples.ts';

const shipped = packaged['flight-delay'] as unknown as Pipeline;
const pipelines: Pipeline[] = [
  {
    ...shipped,
    triggers: {
      data: { prefix: 'flight-delay/incoming/', quietSeconds: 10, marker: '_SUCCESS' },
      image: { repository: 'flight-delay', tag: 'stable' },
    },
  },
];

/** Doors that write down who came through; what is given behaves otherwise. */
function doors(given: Partial<Doors> = {}) {
  const told = {
    started: [] as Execution[],
    parts: new Map<string, string>(),
    additions: [] as Addition[],
    replaced: [] as string[][],
    woken: [] as string[],
    givenUp: [] as string[][],
  };
  const usual: Doors = {
    nowMs: () => 1_000,
    start: async (execution) => {
      told.started.push(execution);
      return given.start ? await given.start(execution) : 'started';
    },
    keepPart: async (key, text) => void told.parts.set(key, text),
    addToBurst: async (addition): Promise<Burst> => {
      told.additions.push(addition);
      return { batch: addition.batch, parts: 1 };
    },
    replaceCollector: async (...asked) => {
      told.replaced.push(asked);
      return true;
    },
    wake: async (token) => void told.woken.push(token),
    giveUp: async (...letter) => void told.givenUp.push(letter),
  };
  return { told, doors: { ...usual, ...given, start: usual.start } };
}

const records = (...bodies: string[]) => bodies.map((body, index) => ({ messageId: `m${index}`, body }));
const upload = (name: string, size = 10): string =>
  changed('s3/object-created', (event) => {
    detail(`flight-delay/incoming/${name}`, 'object', 'key')(event);
    detail(size, 'object', 'size')(event);
  });
const route = (bodies: string[], { doors: given }: ReturnType<typeof doors>) =>
  routeBatch(records(...bodies), pipelines, given, () => {});

test('a thousand uploads are one part, one write and one collector', async () => {
  const outside = doors();

  const routed = await route(
    Array.from({ length: 1000 }, (_, index) => upload(`${index}.json`)),
    outside,
  );

  expect(routed).toMatchObject({ failed: [], unmatched: 0, malformed: 0 });
  const { told } = outside;
  expect([told.parts.size, told.additions.length, told.started.length]).toEqual([1, 1, 1]);
  const [[key, text]] = [...told.parts] as [[string, string]];
  expect(key).toBe(`scratch/uploads/flight-delay/${told.additions[0]!.part}.json`);
  expect(JSON.parse(text).uploads).toHaveLength(1000);
  expect(told.started[0]).toEqual({
    machine: 'collect',
    name: told.additions[0]!.batch,
    input: {
      pipeline: 'flight-delay',
      batch: told.additions[0]!.batch,
      quietSeconds: 10,
      maxWaitSeconds: 900,
      marker: '_SUCCESS',
    },
  });
});

test('the marker wakes the collector that sleeps', async () => {
  const outside = doors({ addToBurst: async ({ batch }) => ({ batch, parts: 3, token: 'its-token' }) });

  await route([upload('_SUCCESS', 0)], outside);

  expect(outside.told.woken).toEqual(['its-token']);
  expect(outside.told.parts.size).toBe(0);
});

test('a burst that is full wakes it, too, and any other upload lets it sleep', async () => {
  const full = doors({ addToBurst: async ({ batch }) => ({ batch, parts: 2000, token: 'its-token' }) });
  const usual = doors({ addToBurst: async ({ batch }) => ({ batch, parts: 1999, token: 'its-token' }) });

  await route([upload('1.json')], full);
  await route([upload('1.json')], usual);

  expect(full.told.woken).toEqual(['its-token']);
  expect(usual.told.woken).toEqual([]);
});

test('a collector that has died is replaced under a new name', async () => {
  const outside = doors({
    addToBurst: async () => ({ batch: 'dead', parts: 1 }),
    start: async ({ name }) => (name === 'dead' ? 'duplicate' : 'started'),
  });

  await route([upload('1.json')], outside);

  const [, next] = outside.told.started;
  expect(outside.told.replaced).toEqual([['flight-delay', 'dead', next!.name]]);
  expect(next).toMatchObject({ machine: 'collect', input: { batch: next!.name } });
});

test('a collector that ended as it should is not', async () => {
  const outside = doors({
    addToBurst: async () => ({ batch: 'closed', parts: 1 }),
    start: async () => 'duplicate',
    replaceCollector: async () => false,
  });

  const { failed } = await route([upload('1.json')], outside);

  expect(failed).toEqual([]);
  expect(outside.told.started).toHaveLength(1);
});

test('a signal that comes twice in a batch starts once', async () => {
  const outside = doors();

  await route([sample('ecr/image-pushed'), sample('ecr/image-pushed')], outside);

  expect(outside.told.started).toHaveLength(1);
});

test('only the messages come back whose wish could not be done', async () => {
  const outside = doors({
    keepPart: async () => {
      throw new Error('Slow Down');
    },
  });

  const { failed } = await route([upload('1.json'), sample('ecr/image-pushed'), upload('2.json')], outside);

  expect(failed).toEqual(['m0', 'm2']);
  expect(outside.told.started).toHaveLength(1);
});

test('poison goes to the dead-letter queue with its reason and blocks nothing', async () => {
  const outside = doors();

  const { failed, malformed } = await route(['hello', sample('ecr/image-pushed')], outside);

  expect({ failed, malformed }).toEqual({ failed: [], malformed: 1 });
  expect(outside.told.givenUp).toEqual([['hello', expect.stringMatching(/^The message is not JSON/)]]);
  expect(outside.told.started).toHaveLength(1);
});

test('poison that cannot be given up comes back', async () => {
  const outside = doors({
    giveUp: async () => {
      throw new Error('Slow Down');
    },
  });

  expect((await route(['hello'], outside)).failed).toEqual(['m0']);
});

test('what no pipeline watches is counted and dropped', async () => {
  const outside = doors();

  const routed = await route([changed('ecr/image-pushed', detail('trial', 'image-tag'))], outside);

  expect(routed).toMatchObject({ failed: [], unmatched: 1, starts: [] });
});
