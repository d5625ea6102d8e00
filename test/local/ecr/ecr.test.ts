import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readDockerfile } from '../../../local/services/ecr/dockerfile.ts';
import type { World } from '../../../local/world.ts';
import { type Account, listen, openAccount } from '../support/open-account.ts';

let world: World;
let call: Account['call'];
let directory: string;
beforeEach(async () => {
  ({ world, call } = await openAccount());
  directory = mkdtempSync(join(tmpdir(), 'workload-'));
  world.ecr.createRepository('flight-delay');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

const write = (files: Record<string, string>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
};

const workload = {
  Dockerfile:
    'FROM node:24-slim\nWORKDIR /opt/program\nCOPY . .\nENTRYPOINT ["node", "/opt/program/main.ts"]\n',
  '.dockerignore': 'Dockerfile\n*.md\noverlays\nsample\n',
  'README.md': 'read me',
  'main.ts': 'main',
  'serving/serve.ts': 'good',
  'node_modules/x/index.js': 'x',
  'overlays/faulty/serving/serve.ts': 'faulty',
  'sample/data.csv': '1',
};

describe('an image', () => {
  test('holds the workload without what is ignored', () => {
    write(workload);
    const { digest } = world.ecr.push({ repository: 'flight-delay', tag: 'stable', directory });
    const image = world.ecr.resolve(`${registry}/flight-delay:stable`);

    expect(image).toMatchObject({
      repository: 'flight-delay',
      digest,
      tags: ['stable'],
      entrypoint: ['node', '/opt/program/main.ts'],
      workdir: '/opt/program',
    });
    expect(readFileSync(join(image.directory!, 'serving/serve.ts'), 'utf8')).toBe('good');
    for (const path of ['Dockerfile', 'README.md', 'node_modules', 'overlays', 'sample', '.dockerignore']) {
      expect(existsSync(join(image.directory!, path))).toBe(false);
    }
  });

  test('keeps its digest however often it is pushed, and changes it with any byte', () => {
    write(workload);
    const push = (tag: string, overlay?: string): string =>
      world.ecr.push({ repository: 'flight-delay', tag, directory, overlay }).digest;

    const first = push('stable');
    const again = push('other');
    const faulty = push('stable', join(directory, 'overlays/faulty'));

    expect(again).toBe(first);
    expect(faulty).not.toBe(first);
    expect(world.ecr.resolve(`${registry}/flight-delay:stable`).digest).toBe(faulty);
    expect(world.ecr.resolve(`${registry}/flight-delay@${first}`).tags).toEqual(['other']);
    const { directory: files } = world.ecr.resolve(`${registry}/flight-delay@${faulty}`);
    expect(readFileSync(join(files!, 'serving/serve.ts'), 'utf8')).toBe('faulty');
  });

  test('can be a bare content in a simulated world', () => {
    const { digest } = world.ecr.push({ repository: 'flight-delay', tag: 'stable', content: 'v1' });

    expect(digest).toBe('sha256:b92e598c4e6851e46c03e575162ad9ede45ae1002cf28faeb9eef09b8c999fb4');
    expect(world.ecr.resolve(`${registry}/flight-delay:stable`).directory).toBeUndefined();
  });

  test('tells EventBridge when it is pushed', async () => {
    const detail = { 'action-type': ['PUSH'], 'image-tag': ['stable'] };
    listen(world, 'heard', { source: ['aws.ecr'], detail });

    const { digest } = world.ecr.push({ repository: 'flight-delay', tag: 'stable', content: 'v1' });
    await world.clock.advance(1_000);

    expect(JSON.parse(world.sqs.messages('heard')[0]!.body)).toMatchObject({
      'detail-type': 'ECR Image Action',
      resources: [],
      detail: { result: 'SUCCESS', 'repository-name': 'flight-delay', 'image-digest': digest },
    });
  });
});

test('images are described by tag or digest, or told as ECR tells that there are none', async () => {
  const { digest } = world.ecr.push({ repository: 'flight-delay', tag: 'stable', content: 'v1' });
  const describeImages = (repositoryName: string, imageId: object) =>
    call('DescribeImages', { repositoryName, imageIds: [imageId] });

  const { imageDetails } = await describeImages('flight-delay', { imageTag: 'stable' });
  expect(imageDetails).toMatchObject([
    { imageDigest: digest, imageTags: ['stable'], imagePushedAt: new Date(world.clock.now()) },
  ]);
  expect(await describeImages('flight-delay', { imageDigest: digest })).toEqual({ imageDetails });
  await expect(describeImages('flight-delay', { imageTag: 'none' })).rejects.toMatchObject({
    code: 'ImageNotFoundException',
    message:
      "The image with imageId {imageDigest:'null', imageTag:'none'} does not exist within the repository with name 'flight-delay' in the registry with id '123456789012'",
  });
  await expect(describeImages('none', { imageTag: 'none' })).rejects.toMatchObject({
    code: 'RepositoryNotFoundException',
    message: "The repository with name 'none' does not exist in the registry with id '123456789012'",
  });
});

describe('a Dockerfile', () => {
  test('is read from its last stage, over continued lines', () => {
    const text =
      'FROM a AS build\nWORKDIR /build\nENTRYPOINT ["x"]\nFROM b\nWORKDIR /opt\nworkdir app\nENTRYPOINT ["node", \\\n  "m.ts"]';
    expect(readDockerfile(text)).toEqual({ entrypoint: ['node', 'm.ts'], workdir: '/opt/app' });
  });

  test('must not put a shell in front of the program', () => {
    expect(() => readDockerfile('FROM a\nENTRYPOINT node main.ts')).toThrow(
      'ENTRYPOINT must be in exec form',
    );
  });
});
