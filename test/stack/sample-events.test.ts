import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRequest } from '../../functions/check-request/check-request.ts';
import pipelines from '../../functions/shared/generated/pipelines.json' with { type: 'json' };
import { openWorld } from '../../local/open-world.ts';
import type { Rule } from '../../local/services/events/rule.ts';
import type { World } from '../../local/world.ts';
import { projectRoot } from '../../packaging/root.ts';
import { packageWith } from '../support/package-with.ts';
import { changed, detail, type SampleEvent, sample, samples } from '../support/samples.ts';

/** What events/README.md says of each sample: which rules hear it, and where each hands it. */
const table = readFileSync(join(projectRoot, 'events/README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, file = '', , route = ''] = line.split('|').map((cell) => cell.trim());
    const hearers =
      route === 'none' ? [] : route.split(', ').map((part) => part.replaceAll('`', '').split(' → '));
    return { file: file.replaceAll('`', '').replace('.json', ''), hearers };
  });

/** Where the table's words lead: the logical id of each target. */
const TARGETS: Readonly<Record<string, string>> = { 'event queue': 'EventQueue', wake: 'WakeMachine' };

test('events/README.md has a line for every sample, and a sample for every line', () => {
  expect(table.map(({ file }) => file).sort()).toEqual(samples());
});

describe('a sample event', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld({ packageDirectory: packageWith('test/pipelines') });
  });

  afterAll(() => world.close());

  const rulesThatHear = (event: object): Rule[] =>
    [...world.events.buses.values()]
      .flatMap(({ rules }) => [...rules.values()])
      .filter((rule) => rule.state === 'ENABLED' && rule.matches(event));

  /** Samples speak of the pipeline that ships and of a bucket that this world's stack does not have. */
  const inThisStack = (text: string): SampleEvent =>
    JSON.parse(
      text
        .replaceAll(/signalbox-prod-databucket-\w+/g, world.resources.DataBucket!)
        .replaceAll('flight-delay', text.includes('aws.codebuild') ? 'after-build' : 'every-trigger'),
    );

  const arnOf = (logicalId: string): string =>
    logicalId === 'EventQueue'
      ? world.sqs.queue(world.resources.EventQueue!).arn
      : world.resources[logicalId]!;

  test.each(table)('$file wakes the rules that the table names and no other', ({ file, hearers }) => {
    const heard = rulesThatHear(inThisStack(sample(file)));

    const found = heard.map(({ name, targets }) => [
      Object.keys(world.resources).find(
        (id) => world.resources[id] === name || world.resources[id]?.endsWith(`|${name}`),
      ),
      ...[...targets.values()].map(({ Arn }) => Arn),
    ]);
    const wanted = hearers.map(([rule, target]) => [rule, arnOf(TARGETS[target!]!)]);
    expect(found.sort()).toEqual(wanted.sort());
  });

  test('from a bucket of somebody else wakes nothing', () => {
    expect(rulesThatHear(JSON.parse(sample('s3/object-created')))).toEqual([]);
  });

  test.each([
    [
      'of a key that no pipeline watches',
      changed('s3/object-created', detail('elsewhere/1.json', 'object', 'key')),
    ],
    ['of a tag that no pipeline watches', changed('ecr/image-pushed', detail('trial', 'image-tag'))],
    ['of an image that was deleted', changed('ecr/image-pushed', detail('DELETE', 'action-type'))],
    [
      'of a branch that was deleted',
      changed('codecommit/branch-updated', detail('referenceDeleted', 'event')),
    ],
    ['of a build that failed', changed('codebuild/build-succeeded', detail('FAILED', 'build-status'))],
    ['of a monitor’s alarm that ends', changed('cloudwatch/drift-found', detail('OK', 'state', 'value'))],
    [
      'of an endpoint that still moves',
      changed('sagemaker/endpoint-in-service', detail('UPDATING', 'EndpointStatus')),
    ],
    [
      'of an alarm that no release made',
      changed('cloudwatch/alarm-rang', detail('signalbox-prod-lost-event', 'alarmName')),
    ],
  ])('%s wakes nothing', (_what, event) => {
    expect(rulesThatHear(inThisStack(event))).toEqual([]);
  });
});

describe('a sample for the console', () => {
  test.each(samples().filter((file) => file.startsWith('console/release')))('%s is accepted', (file) => {
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
      trigger: { kind: request.trigger?.kind ?? 'manual' },
      failUnlessLive: request.failUnlessLive ?? false,
    });
  });
});
