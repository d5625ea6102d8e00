import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRequest } from '../../functions/check-request/check-request.ts';
import pipelines from '../../functions/shared/generated/pipelines.json' with { type: 'json' };
import { openWorld } from '../../local/open-world.ts';
import type { Rule } from '../../local/services/events/rule.ts';
import type { World } from '../../local/world.ts';
import { projectRoot } from '../../packaging/root.ts';

const folder = join(projectRoot, 'events');

/** What events/README.md says of each sample: which rule hears it, and where it goes first. */
const table = readFileSync(join(folder, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, file = '', , route = ''] = line.split('|').map((cell) => cell.trim());
    const [rule, target] = route === 'none' ? [] : route.split(' → ').map((word) => word.replaceAll('`', ''));
    return { file: file.replaceAll('`', ''), rule, target };
  });

/** Where the table's words lead: the logical id of each target. */
const TARGETS: Readonly<Record<string, string>> = { 'event queue': 'EventQueue', wake: 'WakeMachine' };

const files = globSync('**/*.json', { cwd: folder }).sort();
const sample = (file: string): string => readFileSync(join(folder, file), 'utf8');

test('events/README.md has a line for every sample, and a sample for every line', () => {
  expect(table.map(({ file }) => file).sort()).toEqual(files);
});

describe('a sample event', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });

  afterAll(() => world.close());

  const rulesThatHear = (event: object): Rule[] =>
    [...world.events.rules.values()].filter((rule) => rule.matches(event));

  /** The samples come from a bucket whose name this world's stack does not have. */
  const inThisStack = (file: string): object =>
    JSON.parse(sample(file).replaceAll(/signalbox-prod-databucket-\w+/g, world.resources.DataBucket!));

  test.each(table.filter(({ rule }) => rule !== undefined))(
    '$file wakes $rule and no other, which hands it to $target',
    ({ file, rule, target }) => {
      const heard = rulesThatHear(inThisStack(file));

      expect(heard.map(({ name }) => name)).toEqual([world.resources[rule!]]);
      expect(heard[0]!.state).toBe('ENABLED');
      const targets = [...heard[0]!.targets.values()].map(({ Arn }) => Arn);
      expect(targets).toEqual([arnOf(TARGETS[target!]!)]);
    },
  );

  test.each(table.filter(({ rule }) => rule === undefined))(
    '$file is no event and wakes nothing',
    ({ file }) => {
      expect(rulesThatHear(inThisStack(file))).toEqual([]);
    },
  );

  test('from a bucket of somebody else wakes nothing', () => {
    expect(rulesThatHear(JSON.parse(sample('s3/object-created.json')))).toEqual([]);
  });

  test.each<[string, string, (detail: Record<string, unknown>) => void]>([
    [
      'of a tag that no pipeline watches',
      'ecr/image-pushed.json',
      (detail) => {
        detail['image-tag'] = 'trial';
      },
    ],
    [
      'of an image that was deleted',
      'ecr/image-pushed.json',
      (detail) => {
        detail['action-type'] = 'DELETE';
      },
    ],
    [
      'of an endpoint that still moves',
      'sagemaker/endpoint-in-service.json',
      (detail) => {
        detail.EndpointStatus = 'UPDATING';
      },
    ],
    [
      'of an alarm that no release made',
      'cloudwatch/alarm-rang.json',
      (detail) => {
        detail.alarmName = 'signalbox-prod-lost-event';
      },
    ],
  ])('%s wakes nothing', (_what, file, change) => {
    const event = inThisStack(file) as { detail: Record<string, unknown> };
    change(event.detail);

    expect(rulesThatHear(event)).toEqual([]);
  });

  const arnOf = (logicalId: string): string =>
    logicalId === 'EventQueue'
      ? world.sqs.queue(world.resources.EventQueue!).arn
      : world.resources[logicalId]!;
});

describe('a sample for the console', () => {
  test.each(files.filter((file) => file.startsWith('console/')))('%s is accepted', (file) => {
    const request = JSON.parse(sample(file));

    const { release } = checkRequest(
      {
        request,
        executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:signalbox-prod-release:by-hand',
        startedAt: '2026-03-02T09:00:00.000Z',
      },
      pipelines,
    );

    expect(release).toMatchObject({
      pipeline: request.pipeline,
      trigger: { kind: 'manual' },
      failUnlessLive: request.failUnlessLive ?? false,
    });
  });
});
