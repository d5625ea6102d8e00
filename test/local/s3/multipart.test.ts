import fc from 'fast-check';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';

const Bucket = 'data';
const Key = 'big';
const FIVE_MB = 5 * 1024 * 1024;

let world: World;
let call: Account['call'];
beforeEach(async () => {
  ({ world, call } = await openAccount());
  world.s3.createBucket(Bucket, { versioned: true, eventBridge: true });
});

const s3 = (operation: string, input: object) => call(operation, { Bucket, ...input });

const upload = async (...sizes: number[]) => {
  const { UploadId } = await s3('CreateMultipartUpload', { Key });
  const Parts = [];
  for (const [index, size] of sizes.entries()) {
    const PartNumber = index + 1;
    const Body = Buffer.alloc(size, String(PartNumber));
    const { ETag } = await s3('UploadPart', { Key, UploadId, PartNumber, Body });
    Parts.push({ PartNumber, ETag });
  }
  return { UploadId, Parts };
};

const complete = (UploadId: string, Parts: readonly object[]) =>
  s3('CompleteMultipartUpload', { Key, UploadId, MultipartUpload: { Parts } });

test('lists what has come so far, and forgets what is given up', async () => {
  const { UploadId } = await upload(3, 2, 1);

  const first = await s3('ListParts', { Key, UploadId, MaxParts: 2 });
  const rest = await s3('ListParts', { Key, UploadId, PartNumberMarker: first.NextPartNumberMarker });
  const { Uploads } = await s3('ListMultipartUploads', {});
  await s3('AbortMultipartUpload', { Key, UploadId });

  expect(first).toMatchObject({ IsTruncated: true, Parts: [{ PartNumber: 1, Size: 3 }, { PartNumber: 2 }] });
  expect(rest).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 3 }] });
  expect(Uploads).toMatchObject([{ Key, UploadId }]);
  expect(await s3('ListMultipartUploads', {})).toMatchObject({ Uploads: [] });
  await expect(s3('ListParts', { Key, UploadId })).rejects.toMatchObject({ code: 'NoSuchUpload' });
});

test('shows nothing of an upload until it is complete', async () => {
  const { UploadId, Parts } = await upload(FIVE_MB, 1);
  expect(world.s3.get(Bucket, Key)).toBeUndefined();

  const { ETag, VersionId } = await complete(UploadId, Parts);

  expect(world.s3.get(Bucket, Key)).toMatchObject({
    etag: ETag.replaceAll('"', ''),
    versionId: VersionId,
    size: FIVE_MB + 1,
  });
});

test.each<[string, number[], (parts: { PartNumber: number; ETag: string }[]) => object[], string]>([
  [
    'a part that never came',
    [1],
    (parts) => [...parts, { PartNumber: 2, ETag: parts[0]!.ETag }],
    'InvalidPart',
  ],
  ['a part that is another now', [1], () => [{ PartNumber: 1, ETag: '"other"' }], 'InvalidPart'],
  ['parts in another order', [FIVE_MB, 1], (parts) => parts.toReversed(), 'InvalidPartOrder'],
  ['a small part before the last', [1, 1], (parts) => parts, 'EntityTooSmall'],
  ['no parts', [1], () => [], 'MalformedXML'],
])('refuses to join %s', async (_, sizes, choose, code) => {
  const { UploadId, Parts } = await upload(...sizes);

  await expect(complete(UploadId, choose(Parts))).rejects.toMatchObject({ code });
});

test('takes a part from another object', async () => {
  world.s3.put(Bucket, 'source', '0123456789');
  const { UploadId } = await s3('CreateMultipartUpload', { Key });

  const { CopyPartResult } = await s3('UploadPartCopy', {
    Key,
    UploadId,
    PartNumber: 1,
    CopySource: `${Bucket}/source`,
    CopySourceRange: 'bytes=2-4',
  });
  await complete(UploadId, [{ PartNumber: 1, ETag: CopyPartResult.ETag }]);

  expect(Buffer.from(world.s3.get(Bucket, Key)!.body).toString()).toBe('234');
});

test('goes through all versions page by page, whatever the size of a page', async () => {
  const changes = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'b/1', 'b/2'), fc.boolean()), {
    maxLength: 10,
  });
  await fc.assert(
    fc.asyncProperty(changes, fc.integer({ min: 1, max: 4 }), async (steps, MaxKeys) => {
      world.s3.createBucket(Bucket, { versioned: true });
      for (const [key, isDelete] of steps) {
        if (isDelete) world.s3.delete(Bucket, key);
        else world.s3.put(Bucket, key, '');
      }

      const seen: string[] = [];
      let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
      while (marker !== undefined) {
        const page = await s3('ListObjectVersions', { MaxKeys, ...marker });
        const entries = [...page.Versions, ...page.DeleteMarkers];
        expect(entries.length).toBeLessThanOrEqual(MaxKeys);
        seen.push(...entries.map(({ VersionId }: { VersionId: string }) => VersionId));
        marker = page.IsTruncated
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined;
      }

      const all = world.s3
        .bucket(Bucket)
        .objects.under('')
        .flatMap(({ versions }) => versions.map(({ versionId }) => versionId));
      expect(seen.sort()).toEqual(all.sort());
    }),
    { numRuns: 50 },
  );
});

test('refuses what it would have to forget', async () => {
  await expect(s3('PutObject', { Key: 'a', Tagging: 'team=ml' })).rejects.toMatchObject({
    code: 'NotModelled',
  });
  await expect(
    s3('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } }),
  ).rejects.toMatchObject({ code: 'NotModelled' });
});

test.each([
  ['Bad_Name', 'eu-west-1', 'InvalidBucketName'],
  ['192.168.0.1', 'eu-west-1', 'InvalidBucketName'],
  ['fine', undefined, 'IllegalLocationConstraintException'],
  ['data', 'eu-west-1', 'BucketAlreadyOwnedByYou'],
])('makes no bucket %s in %s', async (name, LocationConstraint, code) => {
  const CreateBucketConfiguration = LocationConstraint && { LocationConstraint };

  await expect(
    s3('CreateBucket', { Bucket: name, ...(CreateBucketConfiguration && { CreateBucketConfiguration }) }),
  ).rejects.toMatchObject({ code });
});

test('keeps a bucket that is not empty', async () => {
  world.s3.put(Bucket, 'a', '');

  await expect(s3('DeleteBucket', {})).rejects.toMatchObject({ code: 'BucketNotEmpty', statusCode: 409 });
});
