import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { World } from '../../../local/world.ts';
import { type Account, listen, openAccount } from '../support/open-account.ts';

let world: World;
let s3: Account['call'];
beforeEach(async () => {
  ({ world, call: s3 } = await openAccount());
  world.s3.createBucket('versions', { versioned: true, eventBridge: true });
  world.s3.createBucket('plain', { eventBridge: true });
});

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('an object', () => {
  test('is read back with its headers', async () => {
    const put = await s3('PutObject', {
      Bucket: 'plain',
      Key: 'a',
      Body: 'hello\n',
      ContentType: 'text/plain',
    });
    const got = await s3('GetObject', { Bucket: 'plain', Key: 'a' });

    const summed = { Bucket: 'plain', Key: 'b', Body: '"text data"', ChecksumAlgorithm: 'CRC32' };
    expect(await s3('PutObject', summed)).toMatchObject({ ChecksumCRC32: 'KUmHvQ==' });
    expect(put).toMatchObject({
      ETag: '"b1946ac92492d2347c6235b4d2611184"',
      // S3's own, where the caller sends none.
      ChecksumCRC64NVME: expect.stringMatching(/^[\w+/]{11}=$/),
      ChecksumType: 'FULL_OBJECT',
    });
    expect(text(got.Body)).toBe('hello\n');
    expect(got).toMatchObject({
      ETag: put.ETag,
      ContentLength: 6,
      ContentType: 'text/plain',
      LastModified: new Date('2026-03-02T09:00:00Z'),
    });
    expect(got).not.toHaveProperty('VersionId');
    expect(await s3('HeadObject', { Bucket: 'plain', Key: 'a' })).not.toHaveProperty('Body');
  });

  test('keeps its versions, and shows the newest', async () => {
    const first = await s3('PutObject', { Bucket: 'versions', Key: 'a', Body: '1' });
    await s3('PutObject', { Bucket: 'versions', Key: 'a', Body: '2' });

    const newest = await s3('GetObject', { Bucket: 'versions', Key: 'a' });
    const older = await s3('GetObject', { Bucket: 'versions', Key: 'a', VersionId: first.VersionId });

    expect([text(newest.Body), text(older.Body)]).toEqual(['2', '1']);
    await expect(s3('GetObject', { Bucket: 'versions', Key: 'a', VersionId: 'x' })).rejects.toMatchObject({
      code: 'NoSuchVersion',
    });
  });

  test('is covered by a marker when it is deleted, and shows again when the marker goes', async () => {
    const put = await s3('PutObject', { Bucket: 'versions', Key: 'a', Body: '1' });
    const deleted = await s3('DeleteObject', { Bucket: 'versions', Key: 'a' });

    expect(deleted.DeleteMarker).toBe(true);
    await expect(s3('GetObject', { Bucket: 'versions', Key: 'a' })).rejects.toMatchObject({
      code: 'NoSuchKey',
      message: 'The specified key does not exist.',
      statusCode: 404,
    });
    expect(world.s3.get('versions', 'a')).toBeUndefined();
    expect(world.s3.list('versions')).toEqual([]);
    expect(text(world.s3.get('versions', 'a', put.VersionId)!.body)).toBe('1');

    await s3('DeleteObject', { Bucket: 'versions', Key: 'a', VersionId: deleted.VersionId });
    expect(text(world.s3.get('versions', 'a')!.body)).toBe('1');
  });

  test('does not change with the bytes it was made from', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    world.s3.put('plain', 'a', bytes);
    bytes[0] = 9;

    expect([...world.s3.get('plain', 'a')!.body]).toEqual([1, 2, 3]);
  });

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('is read in part: %s', async (Range, body, range) => {
    world.s3.put('plain', 'a', '0123456789');
    const got = await s3('GetObject', { Bucket: 'plain', Key: 'a', Range });

    expect([text(got.Body), got.ContentRange, got.ContentLength]).toEqual([body, range, body.length]);
  });

  test('is not read beyond its end', async () => {
    world.s3.put('plain', 'a', '0123456789');

    await expect(s3('GetObject', { Bucket: 'plain', Key: 'a', Range: 'bytes=10-' })).rejects.toMatchObject({
      code: 'InvalidRange',
      statusCode: 416,
    });
  });

  test('is copied, from an older version too', async () => {
    const first = await s3('PutObject', {
      Bucket: 'versions',
      Key: 'a b',
      Body: '1',
      Metadata: { by: 'me' },
    });
    await s3('PutObject', { Bucket: 'versions', Key: 'a b', Body: '2' });
    const copy = await s3('CopyObject', {
      Bucket: 'plain',
      Key: 'copy',
      CopySource: `versions/a%20b?versionId=${first.VersionId}`,
    });

    expect(copy.CopyObjectResult.ETag).toBe(first.ETag);
    expect(await s3('GetObject', { Bucket: 'plain', Key: 'copy' })).toMatchObject({ Metadata: { by: 'me' } });
  });

  test('is written only where nothing is, if asked so', async () => {
    world.s3.put('plain', 'a', '1');

    await expect(s3('PutObject', { Bucket: 'plain', Key: 'a', IfNoneMatch: '*' })).rejects.toMatchObject({
      code: 'PreconditionFailed',
      statusCode: 412,
    });
  });
});

test('a bucket that is not there is told as S3 tells it', async () => {
  await expect(s3('GetObject', { Bucket: 'nope', Key: 'a' })).rejects.toMatchObject({
    code: 'NoSuchBucket',
    message: 'The specified bucket does not exist',
    statusCode: 404,
  });
});

describe('a listing', () => {
  test('goes through all keys page by page, whatever the size of a page', async () => {
    const keys = fc.uniqueArray(fc.stringMatching(/^[a-cé😀/]{1,4}$/u), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 5 }), async (names, MaxKeys) => {
        world.s3.createBucket('pages');
        for (const name of names) world.s3.put('pages', name, '');

        const seen: string[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = await s3('ListObjectsV2', { Bucket: 'pages', MaxKeys, ContinuationToken });
          seen.push(...page.Contents.map(({ Key }: { Key: string }) => Key));
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);

        const inOrder = [...names].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
        expect(seen).toEqual(inOrder);
      }),
      { numRuns: 50 },
    );
  });

  test('folds what lies behind a delimiter', async () => {
    for (const key of ['in/a/1', 'in/a/2', 'in/b/1', 'in/c', 'out']) world.s3.put('plain', key, 'x');

    const listing = await s3('ListObjectsV2', { Bucket: 'plain', Prefix: 'in/', Delimiter: '/' });

    expect(listing).toMatchObject({
      KeyCount: 3,
      IsTruncated: false,
      Contents: [{ Key: 'in/c', Size: 1, StorageClass: 'STANDARD' }],
      CommonPrefixes: [{ Prefix: 'in/a/' }, { Prefix: 'in/b/' }],
    });
  });
});

describe('what EventBridge hears', () => {
  beforeEach(() => listen(world, 'heard', { source: ['aws.s3'] }));

  const heard = async () => {
    await world.clock.advance(10_000);
    return world.sqs.messages('heard').map(({ body }) => JSON.parse(body));
  };

  test('names how an object was made and how it went', async () => {
    const { VersionId } = await s3('PutObject', { Bucket: 'versions', Key: 'a', Body: '1' });
    await s3('CopyObject', { Bucket: 'plain', Key: 'b', CopySource: '/versions/a' });
    const marker = await s3('DeleteObject', { Bucket: 'versions', Key: 'a' });
    await s3('DeleteObject', { Bucket: 'plain', Key: 'b' });
    await s3('DeleteObject', { Bucket: 'plain', Key: 'never there' });

    expect(await heard()).toMatchObject([
      {
        'detail-type': 'Object Created',
        detail: { reason: 'PutObject', object: { 'version-id': VersionId } },
      },
      { 'detail-type': 'Object Created', detail: { reason: 'CopyObject' } },
      {
        'detail-type': 'Object Deleted',
        detail: {
          reason: 'DeleteObject',
          'deletion-type': 'Delete Marker Created',
          object: { 'version-id': marker.VersionId, etag: 'd41d8cd98f00b204e9800998ecf8427e' },
        },
      },
      { 'detail-type': 'Object Deleted', detail: { 'deletion-type': 'Permanently Deleted' } },
    ]);
  });

  test('carries sequencers that grow with every change of a key', async () => {
    for (let time = 0; time < 5; time += 1) {
      world.s3.put('plain', 'a', String(time));
      if (time === 2) await world.clock.advance(1);
      if (time === 3) await world.clock.advance(999);
    }

    const sequencers = (await heard()).map(({ detail }) => detail.object.sequencer as string);
    expect(sequencers).toEqual([...new Set(sequencers)].sort());
    expect(sequencers).toHaveLength(5);
  });
});
