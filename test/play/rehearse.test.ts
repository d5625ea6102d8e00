import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pipeline } from '../../functions/shared/generated/contracts.ts';
import packaged from '../../functions/shared/generated/pipelines.json' with { type: 'json' };
import { openWorld } from '../../local/open-world.ts';
import { imagesOf, makeNamedAlarms, placeOf, pushImages, upload } from '../../play/own-pipeline.ts';
import { readRehearseOptions } from '../../play/rehearse-options.ts';
import { unheardPushes } from '../../play/scenarios.ts';
import { executionArn } from '../functions/support/requests.ts';

const sample = packaged['flight-delay'] as unknown as Pipeline;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearse-'));
  file = join(folder, 'rows.json');
  writeFileSync(
    join(folder, 'Dockerfile'),
    'WORKDIR /opt/program\nENTRYPOINT ["node", "/opt/program/main.mjs"]\n',
  );
  writeFileSync(file, '[]');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run rehearse', () => {
  test('takes a pipeline, a folder and files', () => {
    expect(
      readRehearseOptions(['taxi', '--image', folder, '--upload', file, '--upload', file, '--speed', '120']),
    ).toEqual({
      pipeline: 'taxi',
      image: folder,
      uploads: [file, file],
      seed: 7,
      speed: 120,
      approve: false,
      keep: false,
    });
  });

  test.each([
    [[], 'Name one pipeline.'],
    [['one', 'two'], 'Name one pipeline.'],
    [['taxi'], '--image is missing; give a folder with a Dockerfile.'],
    [['taxi', '--image', 'nowhere'], '--image is nowhere; give a folder with a Dockerfile.'],
    [['taxi', '--speed', '5'], '--image is missing'],
  ])('refuses %j and says what is missing', (argv, message) => {
    expect(() => readRehearseOptions(argv)).toThrow(message);
  });

  test('refuses uploads that are not there, and a speed out of range', () => {
    const given = ['taxi', '--image', folder];

    expect(() => readRehearseOptions(given)).toThrow('--upload is missing');
    expect(() => readRehearseOptions([...given, '--upload', folder])).toThrow(
      `--upload is ${folder}, which is no file.`,
    );
    expect(() => readRehearseOptions([...given, '--upload', file, '--speed', '5'])).toThrow('from 10 to 240');
  });
});

describe('a pipeline of one’s own', () => {
  test('names each image of its steps once', () => {
    const mixed = {
      ...sample,
      train: { ...sample.train, image: 'trainer:v2' },
      deploy: { ...sample.deploy, image: 'trainer:v2' },
      compile: { framework: 'XGBOOST', target: 'ml_c5', image: 'runtime:1' } as const,
    };

    expect(imagesOf(mixed, executionArn).map(({ repository, tag }) => `${repository}:${tag}`)).toEqual([
      'flight-delay:stable',
      'trainer:v2',
      'runtime:1',
    ]);
  });

  test('cannot be pushed under a digest', () => {
    const pinned = { ...sample, image: `flight-delay@sha256:${'1'.repeat(64)}` };

    expect(() => imagesOf(pinned, executionArn)).toThrow('a folder can only be pushed under a tag');
  });

  test.each([
    [
      'where its trigger looks',
      { data: { prefix: 'flight-delay/incoming/new/' } },
      'flight-delay/incoming/new/rows.json',
      true,
    ],
    ['where it reads when nothing watches', {}, 'flight-delay/incoming/rows.json', false],
    [
      'though its trigger wants another suffix',
      { data: { prefix: 'flight-delay/incoming/', suffix: '.csv' } },
      'flight-delay/incoming/rows.json',
      false,
    ],
    [
      'though its trigger wants another pattern',
      { data: { prefix: 'flight-delay/incoming/', pattern: 'day-*.json' } },
      'flight-delay/incoming/rows.json',
      false,
    ],
  ])('gets its upload %s', (_, triggers, key, starts) => {
    expect(placeOf({ ...sample, triggers }, 'rows.json')).toEqual({ key, starts });
  });

  test('finds the alarms that it names, as quiet as an owner would have them', async () => {
    const world = await openWorld({ scenario: { event: unheardPushes() } });
    const alarms = { ...sample.deploy.alarms, named: ['checkout-conversion'] };
    try {
      await makeNamedAlarms(world, { ...sample, deploy: { ...sample.deploy, alarms } });
      await world.clock.advance(120_000);

      const told = await world.door.call({
        service: 'cloudwatch',
        operation: 'DescribeAlarms',
        input: { AlarmNames: alarms.named },
        caller: world.person,
      });

      expect(told).toMatchObject({
        MetricAlarms: [{ AlarmName: 'checkout-conversion', StateValue: 'OK' }],
      });
    } finally {
      await world.close();
    }
  });

  test.each([
    ['watched', sample],
    ['not watched', { ...sample, triggers: {} }],
  ])('starts exactly one release for an upload that is %s, and none for the push', async (_, pipeline) => {
    const world = await openWorld({ scenario: { event: unheardPushes() } });
    const releases = () =>
      world.stepfunctions.executions().filter(({ machineName }) => machineName.endsWith('-release'));
    try {
      // Watched is what the packaged rule and function watch; a key without the suffix is not.
      const path = pipeline === sample ? file : join(folder, 'rows.txt');
      writeFileSync(path, '[]');
      pushImages(world, pipeline, folder);

      await upload(world, pipeline, path);
      // An upload waits until no other follows it.
      await world.clock.advance(60_000);

      expect(releases()).toHaveLength(1);
    } finally {
      await world.close();
    }
  });
});
