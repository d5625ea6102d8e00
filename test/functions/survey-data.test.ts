import fc from 'fast-check';
import { check } from '../../functions/shared/check.ts';
import type { ListedObject } from '../../functions/shared/generated/contracts.ts';
import manifestContract from '../../functions/shared/generated/schemas/manifest.json' with { type: 'json' };
import resultContract from '../../functions/shared/generated/schemas/survey-data.result.json' with {
  type: 'json',
};
import { justBefore } from '../../functions/survey-data/lookups.ts';
import type { S3Place, Store } from '../../functions/survey-data/store.ts';
import { surveyData } from '../../functions/survey-data/survey-data.ts';

const DATA = 's3://data/in/';
const FOLDER = 's3://artifacts/manifests/p/r/';

/** One bucket that keeps its objects in S3's order, and pages of a few. */
class FewAtOnce implements Store {
  readonly objects = new Map<string, ListedObject>();
  readonly written = new Map<string, string>();
  pages = 0;
  readonly #most: number;

  constructor(objects: Readonly<Record<string, string>>, most = 2) {
    this.#most = most;
    for (const [key, etag] of Object.entries(objects)) this.put(key, etag);
  }

  put(key: string, etag: string, size = 10): void {
    this.objects.set(key, { key, etag, size, versionId: `v-${etag}` });
  }

  async list(_bucket: string, prefix: string, after?: { readonly key: string }, most = this.#most) {
    this.pages += 1;
    const all = [...this.objects.values()]
      .filter(({ key }) => key.startsWith(prefix) && (!after || inBytes(key, after.key) > 0))
      .sort((one, other) => inBytes(one.key, other.key));
    const objects = all.slice(0, most);
    return { objects, next: all.length > most ? { key: objects.at(-1)!.key } : undefined };
  }

  async read({ bucket, key }: S3Place) {
    const text = Buffer.from(this.written.get(`s3://${bucket}/${key}`)!);
    return (async function* () {
      for (let at = 0; at < text.length; at += 7) yield text.subarray(at, at + 7);
    })();
  }

  async write({ bucket, key }: S3Place, body: Uint8Array): Promise<void> {
    this.written.set(`s3://${bucket}/${key}`, Buffer.from(body).toString());
  }
}

const inBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

const three = { 'in/a.csv': 'e1', 'in/b.csv': 'e2', 'in/c.csv': 'e3' };

/** Surveys the data as a release does when it starts; answers what it looks at again in the end. */
async function begin(store: Store, whole = true) {
  const { manifest } = await surveyData({ locations: [{ name: 'data', uri: DATA }], write: FOLDER }, store);
  return { name: 'data', uri: DATA, manifest: manifest!.uri, whole };
}

describe('a survey', () => {
  test('counts what lies under a prefix, without folders', async () => {
    const store = new FewAtOnce({ ...three, 'other/d.csv': 'e4' });
    store.put('in/folder/', 'e0', 0);

    const survey = await surveyData({ locations: [{ name: 'data', uri: DATA }] }, store);

    expect(check(resultContract, structuredClone(survey))).toEqual([]);
    expect(survey).toMatchObject({
      found: [{ name: 'data', objects: 3, bytes: 30, etag: '', added: 0 }],
      manifest: null,
    });
  });

  test('finds one object by its whole key, or none', async () => {
    const store = new FewAtOnce({
      'm/model.tar.gz': 'e1',
      'm/model.tar.gz.old': 'e2',
      'n/model.tar.gz.old': 'e3',
    });
    const locations = ['m', 'n'].map((name) => ({ name, uri: `s3://artifacts/${name}/model.tar.gz` }));

    expect((await surveyData({ locations }, store)).found).toMatchObject([
      { name: 'm', objects: 1, etag: 'e1' },
      { name: 'n', objects: 0, etag: '' },
    ]);
  });

  test('knows data by keys and ETags, however it is listed', async () => {
    const hashOf = async (objects: Record<string, string>, most?: number) =>
      (await surveyData({ locations: [{ name: 'data', uri: DATA }] }, new FewAtOnce(objects, most))).found[0]!
        .hash;
    const hash = await hashOf(three);

    expect(await hashOf(Object.fromEntries(Object.entries(three).reverse()), 1000)).toBe(hash);
    expect(await hashOf({ ...three, 'in/b.csv': 'e9' })).not.toBe(hash);
    expect(await hashOf({ ...three, 'in/d.csv': 'e4' })).not.toBe(hash);
  });

  test('writes what it finds as our list and as SageMaker’s', async () => {
    const store = new FewAtOnce(three);

    const { manifest, found } = await surveyData(
      { locations: [{ name: 'data', uri: DATA }], write: FOLDER },
      store,
    );

    const own = JSON.parse(store.written.get(manifest!.uri)!);
    expect(check(manifestContract, structuredClone(own))).toEqual([]);
    expect(own.objects[0]).toEqual({ key: 'in/a.csv', versionId: 'v-e1', etag: 'e1', size: 10 });
    expect(JSON.parse(store.written.get(manifest!.sagemakerUri)!)).toEqual([
      { prefix: DATA },
      'a.csv',
      'b.csv',
      'c.csv',
    ]);
    expect(manifest).toMatchObject({ objects: 3, bytes: 30, hash: found[0]!.hash });
  });

  test('refuses to write down nothing', async () => {
    const survey = surveyData({ locations: [{ name: 'data', uri: DATA }], write: FOLDER }, new FewAtOnce({}));

    await expect(survey).rejects.toMatchObject({
      name: 'DataMissingError',
      message: expect.stringContaining(DATA),
    });
  });
});

describe('data that a release has read', () => {
  test('is unchanged when every object is what its list says', async () => {
    const store = new FewAtOnce(three);
    const location = await begin(store);

    const { found } = await surveyData({ locations: [location] }, store);

    expect(found[0]).toMatchObject({ objects: 3, added: 0 });
  });

  test('tells what was added to a prefix, which is no change of what was listed', async () => {
    const store = new FewAtOnce(three);
    const location = await begin(store);
    for (const name of ['0', 'bb', 'd', 'e']) store.put(`in/${name}.csv`, 'new');

    expect((await surveyData({ locations: [location] }, store)).found[0]).toMatchObject({
      objects: 3,
      added: 4,
    });
    const alone = await surveyData({ locations: [{ ...location, whole: false }] }, store);
    expect(alone.found[0]).toMatchObject({ objects: 3, added: 0 });
  });

  test.each([[true], [false]])(
    'is an error when objects were overwritten or deleted (whole: %s)',
    async (whole) => {
      const store = new FewAtOnce(three);
      const location = await begin(store, whole);
      store.put('in/a.csv', 'e9');
      store.objects.delete('in/c.csv');

      await expect(surveyData({ locations: [location] }, store)).rejects.toMatchObject({
        name: 'InputChangedError',
        message: `2 of 3 objects are not what ${location.manifest} says: in/a.csv was overwritten, in/c.csv is gone.`,
      });
    },
  );

  test.each([
    ['is not under', '{"bucket":"data","objects":[\n{"key":"out/a.csv","etag":"e1","size":1}\n]}\n'],
    ['cannot be read', '{"bucket":"data","objects":[\n{"key":"in/a.csv","etag":"e1","size":1}\n'],
    ['cannot be read', '{"bucket":"data","objects":[\n{"key":"in/a.csv"}\n]}\n'],
    ['cannot be read', '{"bucket":"data","objects":[\nnull\n]}\n'],
    [
      'cannot be read',
      '{"bucket":"data","objects":[\n{"key":"in/b","etag":"e"},\n{"key":"in/a","etag":"e"}\n]}\n',
    ],
    ['cannot be read', '{"bucket":"other","objects":[\n{"key":"in/a.csv","etag":"e1","size":1}\n]}\n'],
    ['cannot be read', '<xml>'],
    ['cannot be read', ''],
  ])('is refused by its list when that %s: %j', async (why, text) => {
    const store = new FewAtOnce(three);
    const location = { ...(await begin(store)), manifest: 's3://artifacts/manifests/bad.json' };
    store.written.set(location.manifest, text);

    await expect(surveyData({ locations: [location] }, store)).rejects.toMatchObject({
      name: 'RequestRefusedError',
      message: expect.stringContaining(why),
    });
  });
});

const names = fc.string({
  unit: fc.constantFrom('a', 'b', '~', ' ', '!', 'é', '\ue000', '😀', '0'),
  minLength: 1,
  maxLength: 4,
});

test('each listed object is found among any others, on no more pages than there are', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(names, { minLength: 1 }),
      fc.uniqueArray(names),
      fc.integer({ min: 1, max: 5 }),
      async (listed, others, most) => {
        const store = new FewAtOnce(Object.fromEntries(listed.map((name) => [`in/${name}`, 'e'])), most);
        const location = await begin(store, false);
        for (const name of others) store.put(`in/${name}`, 'e');
        store.pages = 0;

        const { found } = await surveyData({ locations: [location] }, store);

        expect(found[0]).toMatchObject({ objects: listed.length });
        expect(store.pages).toBeLessThanOrEqual(Math.ceil(store.objects.size / most) + 1);
      },
    ),
  ));

test('the leap to a key never passes it', () =>
  fc.assert(fc.property(names, (key) => expect(inBytes(justBefore(key), key)).toBeLessThan(0))));

test('a few listed objects among many cost a few pages', async () => {
  const store = new FewAtOnce({ 'in/0300': 'e', 'in/0900': 'e' }, 10);
  const location = await begin(store, false);
  for (let n = 0; n < 1000; n += 1) store.put(`in/${String(n).padStart(4, '0')}`, 'e');
  store.pages = 0;

  await surveyData({ locations: [location] }, store);

  expect(store.pages).toBe(2);
});
