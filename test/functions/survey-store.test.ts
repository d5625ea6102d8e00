import { S3Client } from '@aws-sdk/client-s3';
import { s3Store } from '../../functions/survey-data/s3-store.ts';
import type { Marker } from '../../functions/survey-data/store.ts';
import { openEmptyWorld } from '../../local/open-world.ts';
import type { World } from '../../local/world.ts';

let world: World;
let s3: S3Client;
beforeEach(async () => {
  world = await openEmptyWorld();
  s3 = new S3Client({
    endpoint: world.endpointUrl,
    region: world.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  for (const [name, versioned] of [
    ['kept', true],
    ['plain', false],
  ] as const)
    world.s3.createBucket(name, { eventBridge: false, versioned });
});
afterEach(async () => {
  s3.destroy();
  await world.close();
});

async function keysOf(bucket: string, prefix: string, most: number): Promise<string[]> {
  const keys: string[] = [];
  let after: Marker | undefined;
  do {
    const page = await s3Store(s3).list(bucket, prefix, after, most);
    keys.push(...page.objects.map(({ key }) => key));
    after = page.next;
  } while (after !== undefined);
  return keys;
}

test('lists the latest version of each object, page by page, whatever its key', async () => {
  const keys = ['in/a b+c%2F.csv', 'in/a&<>"\'.csv', 'in/é.csv', 'in/x\u0001y.csv', 'in/\ue000', 'in/😀.csv'];
  for (const body of ['one', 'two', 'three']) for (const key of keys) world.s3.put('kept', key, body);
  world.s3.put('kept', 'in/gone.csv', 'x');
  world.s3.delete('kept', 'in/gone.csv');
  world.s3.put('kept', 'out/a.csv', 'x');

  const inOrder = keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  for (const most of [1, 2, 1000]) expect(await keysOf('kept', 'in/', most)).toEqual(inOrder);
});

test('tells version, ETag and size as S3 knows them', async () => {
  world.s3.put('kept', 'a.csv', 'one');
  world.s3.put('kept', 'a.csv', 'three');
  world.s3.put('plain', 'a.csv', 'three');
  const { etag, versionId } = world.s3.get('kept', 'a.csv')!;

  expect((await s3Store(s3).list('kept', 'a.csv', undefined)).objects).toEqual([
    { key: 'a.csv', versionId, etag, size: 5 },
  ]);
  expect((await s3Store(s3).list('plain', 'a.csv', undefined)).objects).toEqual([
    { key: 'a.csv', etag, size: 5 },
  ]);
});

test('reads what it wrote', async () => {
  const place = { bucket: 'kept', key: 'manifests/p/manifest.json' };
  await s3Store(s3).write(place, Buffer.from('line one\nline two\n'));

  const pieces: Uint8Array[] = [];
  for await (const piece of await s3Store(s3).read(place)) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('line one\nline two\n');
});
