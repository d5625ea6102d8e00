import type { Part, Upload } from '../../functions/shared/uploads.ts';
import { type Doors, writeManifest } from '../../functions/write-manifest/write-manifest.ts';

const uploaded = (key: string, given: Partial<Upload> = {}): Upload => ({
  key,
  versionId: `v-${key}`,
  etag: `e-${key}`,
  size: 10,
  sequencer: '10',
  time: '2026-03-02T09:00:00.000Z',
  ...given,
});

/** A bucket with the parts of a burst and whatever else is given. */
function bucket(parts: Record<string, Upload[]>, others: Record<string, string> = {}) {
  const files = new Map(Object.entries(others));
  for (const [part, uploads] of Object.entries(parts)) {
    files.set(`scratch/uploads/p/${part}.json`, JSON.stringify({ bucket: 'data', uploads } satisfies Part));
  }
  const doors: Doors = {
    bucket: 'artifacts',
    read: async (key) => {
      const text = files.get(key);
      if (text === undefined) throw new Error(`NoSuchKey: ${key}`);
      return text;
    },
    write: async (key, text) => void files.set(key, text),
  };
  return { files, doors };
}

const write = (
  parts: Record<string, Upload[]>,
  released: string[] = [],
  others: Record<string, string> = {},
) => {
  const { files, doors } = bucket(parts, others);
  return writeManifest({ pipeline: 'p', parts: Object.keys(parts), released }, doors).then((result) => ({
    result,
    objects: result.uri
      ? (JSON.parse(files.get(result.uri.replace('s3://artifacts/', ''))!) as { objects: object[] }).objects
      : [],
    files,
  }));
};

test('lists the objects of all parts by the bytes of their keys, each on a line', async () => {
  const { result, objects, files } = await write({
    a: [uploaded('b'), uploaded('\u{1f600}')],
    b: [uploaded('\uffee'), uploaded('a', { time: '2026-03-02T09:05:00.000Z' })],
  });

  expect(objects.map((object) => (object as Upload).key)).toEqual(['a', 'b', '\uffee', '\u{1f600}']);
  expect(objects[0]).toEqual({ key: 'a', versionId: 'v-a', etag: 'e-a', size: 10, sequencer: '10' });
  expect(files.get(result.uri!.replace('s3://artifacts/', ''))!.split('\n')).toHaveLength(7);
  expect(result.request).toEqual({
    pipeline: 'p',
    trigger: {
      kind: 'data',
      detail: '4 objects with 40 bytes in s3://data',
      eventTime: '2026-03-02T09:05:00.000Z',
      bucket: 'data',
      manifest: { uri: result.uri, hash: expect.stringMatching(/^[0-9a-f]{64}$/), objects: 4, bytes: 40 },
    },
  });
});

test('of one key the later sequencer counts, padded on the left', async () => {
  const { result, objects } = await write({
    a: [uploaded('k', { sequencer: '0100', versionId: 'newer' })],
    b: [
      uploaded('k', { sequencer: 'FF', versionId: 'older' }),
      uploaded('k', { sequencer: '0100', versionId: 'newer' }),
    ],
  });

  expect(objects).toEqual([expect.objectContaining({ versionId: 'newer' })]);
  expect(result).toMatchObject({ objects: 1, repeated: 2 });
});

test('what came in another order, in other parts or twice has the same name', async () => {
  const one = await write({ a: [uploaded('1'), uploaded('2')] });
  const other = await write({ b: [uploaded('2')], c: [uploaded('1'), uploaded('2')] });

  expect(other.result.name).toBe(one.result.name);
  expect(other.result.request).toEqual(one.result.request);
});

test('another version is another list', async () => {
  const one = await write({ a: [uploaded('1')] });
  const other = await write({ a: [uploaded('1', { versionId: 'next', sequencer: '11' })] });

  expect(other.result.name).not.toBe(one.result.name);
});

test('what an earlier list holds is no news, and an overtaken upload is none either', async () => {
  const released = JSON.stringify({
    bucket: 'data',
    objects: [{ key: 'old', etag: 'e', size: 1, sequencer: '20' }],
  });
  const others = { 'manifests/p/x/manifest.json': released };
  const uris = ['s3://artifacts/manifests/p/x/manifest.json'];

  const doubled = await write({ a: [uploaded('old', { sequencer: '20' })] }, uris, others);
  const overtaken = await write({ a: [uploaded('old', { sequencer: '1F' }), uploaded('new')] }, uris, others);
  const newer = await write({ a: [uploaded('old', { sequencer: '21' })] }, uris, others);

  expect(doubled.result).toEqual({ objects: 0, repeated: 1 });
  expect(overtaken.objects).toEqual([expect.objectContaining({ key: 'new' })]);
  expect(newer.result.objects).toBe(1);
});

test('a part that is gone is an error, not a shorter list', async () => {
  const { doors } = bucket({});

  await expect(writeManifest({ pipeline: 'p', parts: ['gone'], released: [] }, doors)).rejects.toThrow(
    'NoSuchKey',
  );
});
