import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ask, type Served, serve, signedFor } from './served.ts';

const Bucket = 'data';

const open = async (): Promise<Served & { readonly s3: S3Client }> => {
  const served = await serve();
  served.world.s3.createBucket(Bucket);
  return { ...served, s3: served.client(S3Client) };
};

test('keeps an object with its headers and metadata and gives it back', async () => {
  const { s3 } = await open();
  const Key = 'flight delay/ä+b?c&d/1.json';

  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key,
      Body: '{"a":1}',
      ContentType: 'application/json',
      CacheControl: 'no-store',
      Metadata: { by: 'me' },
    }),
  );
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));

  expect(await got.Body!.transformToString()).toBe('{"a":1}');
  expect(got).toMatchObject({
    ETag: put.ETag,
    ContentType: 'application/json',
    ContentLength: 7,
    CacheControl: 'no-store',
    Metadata: { by: 'me' },
    LastModified: new Date('2026-03-02T09:00:00Z'),
  });
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ContentLength: 7 });
});

test('takes a stream that comes in chunks with its checksum behind it', async () => {
  const { s3, world } = await open();
  const body = Buffer.alloc(200_000, 'flight ');

  await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'stream',
      Body: Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]),
      ContentLength: body.length,
      ChecksumAlgorithm: 'CRC32C',
    }),
  );

  const stored = world.s3.get(Bucket, 'stream')!;
  expect(Buffer.compare(stored.body, body)).toBe(0);
  expect(stored.headers).toEqual({});
  expect(Object.keys(stored.checksums)).toEqual(['ChecksumCRC32C']);
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
  'agrees with the client on %s',
  async (ChecksumAlgorithm) => {
    const { s3 } = await open();

    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello', ChecksumAlgorithm }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a', ChecksumMode: 'ENABLED' }));

    expect(got[`Checksum${ChecksumAlgorithm}`]).toBeDefined();
    expect(await got.Body!.transformToString()).toBe('hello');
  },
);

test('refuses a body that is not what its checksum says', async () => {
  const { s3 } = await open();
  const put = new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello', ChecksumCRC32: 'AAAAAA==' });

  await expect(s3.send(put)).rejects.toMatchObject({ name: 'BadDigest' });
});

test('gives a part of an object, and nothing where nothing has changed', async () => {
  const { s3, world } = await open();
  const { etag } = world.s3.put(Bucket, 'a', '0123456789');

  const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'a', Range: 'bytes=2-4' }));
  const same = s3.send(new GetObjectCommand({ Bucket, Key: 'a', IfNoneMatch: `"${etag}"` }));
  const other = s3.send(new GetObjectCommand({ Bucket, Key: 'a', IfMatch: '"other"' }));
  const taken = s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', IfNoneMatch: '*' }));

  expect(await part.Body!.transformToString()).toBe('234');
  expect(part).toMatchObject({ ContentRange: 'bytes 2-4/10', $metadata: { httpStatusCode: 206 } });
  await expect(same).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await expect(other).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(taken).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

test('tells what is missing as S3 tells it, and without a body where HEAD asks', async () => {
  const { s3 } = await open();

  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'no' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
    message: 'The specified key does not exist.',
  });
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'no' }))).rejects.toMatchObject({
    name: 'NotFound',
    $metadata: { httpStatusCode: 404 },
  });
  await expect(s3.send(new GetObjectCommand({ Bucket: 'nobody', Key: 'a' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
});

test('lists keys page by page, folded, and with any character in them', async () => {
  const { s3, world } = await open();
  const keys = ['a/1', 'a/2', 'b & <c>', 'b\u0001', 'ä +%2F'];
  for (const key of keys) world.s3.put(Bucket, key, '');

  const all = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
  const first = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2 }));
  const { NextContinuationToken: ContinuationToken } = first;
  const second = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', ContinuationToken }));

  const plain = (all.Contents ?? []).map(({ Key }) => decodeURIComponent(Key!.replaceAll('+', ' ')));
  expect(plain.sort()).toEqual([...keys].sort());
  expect(first).toMatchObject({ IsTruncated: true, CommonPrefixes: [{ Prefix: 'a/' }], KeyCount: 2 });
  expect([...first.Contents!, ...second.Contents!].map(({ Key }) => Key)).toEqual([
    'b\u0001',
    'b & <c>',
    'ä +%2F',
  ]);
});

test('joins an upload of several parts', async () => {
  const { s3, world } = await open();
  const parts = [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('end')];

  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key: 'big', ContentType: 'text/plain' }),
  );
  const Parts = [];
  for (const [index, Body] of parts.entries()) {
    const PartNumber = index + 1;
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber, Body }));
    Parts.push({ PartNumber, ETag });
  }
  const done = await s3.send(
    new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload: { Parts } }),
  );

  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  const stored = world.s3.get(Bucket, 'big')!;
  expect(Buffer.compare(stored.body, Buffer.concat(parts))).toBe(0);
  expect(stored.contentType).toBe('text/plain');
  await expect(
    s3.send(new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber: 1, Body: '' })),
  ).rejects.toMatchObject({ name: 'NoSuchUpload' });
});

test('makes, describes and changes buckets, and tells their versions', async () => {
  const { s3 } = await open();
  const made = { Bucket: 'made' };

  await s3.send(
    new CreateBucketCommand({ ...made, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  await s3.send(new PutBucketVersioningCommand({ ...made, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      ...made,
      NotificationConfiguration: { EventBridgeConfiguration: {} },
    }),
  );
  for (const Body of ['1', '2']) await s3.send(new PutObjectCommand({ ...made, Key: 'a', Body }));
  await s3.send(new CopyObjectCommand({ ...made, Key: 'b', CopySource: 'made/a' }));
  await s3.send(new DeleteObjectsCommand({ ...made, Delete: { Objects: [{ Key: 'a' }] } }));

  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  const versions = await s3.send(new ListObjectVersionsCommand(made));
  expect(Buckets!.map(({ Name }) => Name)).toEqual(['data', 'made']);
  expect(await s3.send(new GetBucketVersioningCommand(made))).toMatchObject({ Status: 'Enabled' });
  expect(await s3.send(new GetBucketLocationCommand(made))).toMatchObject({
    LocationConstraint: 'eu-west-1',
  });
  expect(versions.Versions!.map(({ Key, IsLatest }) => [Key, IsLatest])).toEqual([
    ['a', false],
    ['a', false],
    ['b', true],
  ]);
  expect(versions.DeleteMarkers).toMatchObject([{ Key: 'a', IsLatest: true }]);
});

test('names what it does not have', async () => {
  const { s3 } = await open();

  await expect(s3.send(new GetObjectAclCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
    name: 'NotModelled',
    message: expect.stringContaining('docs/fidelity.md'),
    $metadata: { httpStatusCode: 501 },
  });
});

test.each([
  ['its path', '/data/a', 'localhost'],
  ['its host', '/a', 'data.localhost:4566'],
  ['a host with the service in it', '/a', 'data.s3.localhost'],
])('finds the bucket in %s', async (_, path, host) => {
  const { world, url } = await open();
  world.s3.put(Bucket, 'a', 'here');

  const answer = await ask(url, path, { host, authorization: signedFor('s3') });

  expect(answer).toEqual({ status: 200, text: 'here' });
});

test.each([
  ['', '?X-Amz-Credential=test%2F20260302%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=0'],
  ['of the older kind', '?AWSAccessKeyId=test&Signature=0&Expires=1'],
])('opens a link %s that was signed ahead', async (_, query) => {
  const { world, url } = await open();
  world.s3.put(Bucket, 'a', 'here');

  expect(await ask(url, `/data/a${query}`, {})).toEqual({ status: 200, text: 'here' });
});

test.each<[string, string, string, Record<string, string>, string, number, string]>([
  [
    'a stranger',
    'GET',
    '/data/a',
    { authorization: signedFor('s3', 'AKIASTRANGER') },
    '',
    403,
    'InvalidAccessKeyId',
  ],
  ['nobody', 'GET', '/data/a', { authorization: '' }, '', 403, 'AccessDenied'],
  ['XML that is none', 'POST', '/data?delete', {}, '<Delete><Object>', 400, 'MalformedXML'],
  [
    'XML with a document type',
    'POST',
    '/data?delete',
    {},
    '<!DOCTYPE a [<!ENTITY b "c">]><Delete/>',
    400,
    'MalformedXML',
  ],
  ['no XML', 'POST', '/data?delete', {}, '{"Objects":[]}', 400, 'MalformedXML'],
  ['a number that is none', 'GET', '/data?list-type=2&max-keys=many', {}, '', 400, 'InvalidArgument'],
  [
    'chunks that break off',
    'PUT',
    '/data/a',
    { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
    '5\r\nhel',
    400,
    'IncompleteBody',
  ],
  [
    'another body than was signed',
    'PUT',
    '/data/a',
    { 'x-amz-content-sha256': '0'.repeat(64) },
    'x',
    400,
    'XAmzContentSHA256Mismatch',
  ],
  ['a method that S3 has not', 'PATCH', '/data/a', {}, '', 501, 'NotModelled'],
  ['percent signs without sense', 'GET', '/data/%zz%', {}, '', 404, 'NoSuchKey'],
])('answers %s with an error of S3', async (_, method, path, headers, body, status, code) => {
  const { url } = await open();

  const answer = await ask(url, path, { authorization: signedFor('s3'), ...headers }, method, body);

  expect(answer.status).toBe(status);
  expect(answer.text).toContain(`<Code>${code}</Code>`);
  expect(answer.text).toMatch(/<RequestId>[0-9A-F]{16}<\/RequestId>/);
});
