import { beforeEach, expect, test } from '@jest/globals';
import type { World } from '../../../local/world.ts';
import { type Account, type Emitted, openAccount } from '../support/open-account.ts';

let world: World;
let call: Account['call'];
let events: Emitted[];
let digest: string;
let manifest: string;

const repositoryName = 'flight-delay';
const image = async (imageId: object) =>
  (await call('BatchGetImage', { repositoryName, imageIds: [imageId] })).images[0];
const put = (imageTag?: string, name = repositoryName) =>
  call('PutImage', { repositoryName: name, imageManifest: manifest, ...(imageTag && { imageTag }) });
const remove = (...imageIds: object[]) => call('BatchDeleteImage', { repositoryName, imageIds });
const tags = async (): Promise<string[][]> =>
  (await call('DescribeImages', { repositoryName })).imageDetails.map(
    ({ imageTags = [] }: { imageTags?: string[] }) => imageTags,
  );

beforeEach(async () => {
  ({ world, call, events } = await openAccount());
  world.ecr.createRepository(repositoryName);
  ({ digest } = world.ecr.push({ repository: repositoryName, tag: 'stable', content: 'one' }));
  ({ imageManifest: manifest } = await image({ imageTag: 'stable' }));
  events.length = 0;
});

test('an image is given a further tag by its manifest, whose digest is the image’s', async () => {
  const { image: tagged } = await put('signalbox-r1');

  expect(tagged.imageId).toEqual({ imageDigest: digest, imageTag: 'signalbox-r1' });
  expect(await tags()).toEqual([['stable', 'signalbox-r1']]);
  expect(await image({ imageDigest: digest })).toMatchObject({ imageManifest: manifest });
  expect(events).toMatchObject([
    { detailType: 'ECR Image Action', detail: { 'action-type': 'PUSH', 'image-tag': 'signalbox-r1' } },
  ]);
});

test('the tag keeps the image when another one takes the tag it came with', async () => {
  await put('signalbox-r1');

  world.ecr.push({ repository: repositoryName, tag: 'stable', content: 'two' });

  expect(await tags()).toEqual([['signalbox-r1'], ['stable']]);
});

test('the same tag on the same image again: ImageAlreadyExistsException; on another image it moves', async () => {
  await put('signalbox-r1');
  await expect(put('signalbox-r1')).rejects.toMatchObject({
    code: 'ImageAlreadyExistsException',
    message: `Image with digest '${digest}' and tag 'signalbox-r1' already exists in the repository with name 'flight-delay' in registry with id '123456789012'`,
  });
  await expect(put()).rejects.toMatchObject({ code: 'ImageAlreadyExistsException' });

  world.ecr.push({ repository: repositoryName, tag: 'next', content: 'two' });
  ({ imageManifest: manifest } = await image({ imageTag: 'next' }));
  await put('signalbox-r1');

  expect(await tags()).toEqual([['stable'], ['signalbox-r1', 'next']]);
});

test('a tag of an immutable repository stays where it is; a new one may be added', async () => {
  world.ecr.createRepository('fixed', { isImmutable: true });
  const pushed = (tag: string, content: string) => world.ecr.push({ repository: 'fixed', tag, content });
  pushed('v1', 'one');

  await put('signalbox-r1', 'fixed');

  await expect(put('v1', 'fixed')).rejects.toMatchObject({
    code: 'ImageTagAlreadyExistsException',
    message: expect.stringContaining("The image tag 'v1' already exists in the 'fixed' repository"),
  });
  expect(() => pushed('v1', 'two')).toThrow('cannot be overwritten because the repository is immutable');
});

test('a tag is taken away, and with the last one the image', async () => {
  await put('signalbox-r1');
  events.length = 0;

  const first = await remove({ imageTag: 'signalbox-r1' });
  expect(first).toEqual({ imageIds: [{ imageDigest: digest, imageTag: 'signalbox-r1' }], failures: [] });
  expect(await tags()).toEqual([['stable']]);
  await remove({ imageTag: 'stable' });

  expect(await tags()).toEqual([]);
  expect(events.map(({ detail }) => [detail['action-type'], detail['image-tag']])).toEqual([
    ['DELETE', 'signalbox-r1'],
    ['DELETE', 'stable'],
  ]);
});

test('an image goes by its digest with all its tags', async () => {
  await put('signalbox-r1');

  await remove({ imageDigest: digest });

  expect(await tags()).toEqual([]);
});

test('what is not there is told among the failures', async () => {
  const absent = { imageTag: 'never' };
  const failure = { imageId: absent, failureCode: 'ImageNotFound' };

  expect(await remove(absent)).toMatchObject({ imageIds: [], failures: [failure] });
  expect(await call('BatchGetImage', { repositoryName, imageIds: [absent] })).toMatchObject({
    images: [],
    failures: [failure],
  });
  expect(await remove({ imageTag: 'stable', imageDigest: `sha256:${'0'.repeat(64)}` })).toMatchObject({
    failures: [{ failureCode: 'ImageTagDoesNotMatchDigest' }],
  });
  await expect(call('PutImage', { repositoryName: 'none', imageManifest: manifest })).rejects.toMatchObject({
    code: 'RepositoryNotFoundException',
  });
});

test('a manifest must be that of its digest, and of an image that was pushed', async () => {
  await expect(
    call('PutImage', {
      repositoryName,
      imageManifest: manifest,
      imageTag: 'a',
      imageDigest: `sha256:${'0'.repeat(64)}`,
    }),
  ).rejects.toMatchObject({ code: 'ImageDigestDoesNotMatchException' });
  await expect(
    call('PutImage', { repositoryName, imageManifest: '{}', imageTag: 'a' }),
  ).rejects.toMatchObject({
    code: 'NotModelled',
  });
});
