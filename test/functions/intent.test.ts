import fc from 'fast-check';
import { intentOf } from '../../functions/check-request/intent.ts';
import type { Trigger } from '../../functions/shared/generated/contracts.ts';
import { checked, digest, executionArn } from './support/requests.ts';

const startedAt = '2026-03-02T09:00:00.000Z';

const of = (trigger: Trigger, more: { executionArn?: string; intent?: string } = {}) =>
  intentOf('flight-delay', trigger, { executionArn, startedAt, ...more });

const commit = 'a'.repeat(40);
const earlier = 'b'.repeat(40);
const packageArn = 'arn:aws:sagemaker:eu-west-1:123456789012:model-package/flight-delay/7';
const push = { kind: 'code', repository: 'model', branch: 'main', commit, previousCommit: earlier } as const;
const image = { kind: 'image', repository: 'flight-delay', tag: 'stable', digest } as const;

describe('an intent is named', () => {
  test.each<[string, Trigger, string]>([
    [
      'data, by its manifest',
      { kind: 'data', manifest: { uri: 's3://a/b', hash: '5'.repeat(64), objects: 1, bytes: 1 } },
      `data/${'5'.repeat(64)}`,
    ],
    ['one upload, by its version', { kind: 'data', bucket: 'in', key: 'k', versionId: 'v' }, 'data/in/k/v'],
    ['code, by the commit and the one before it', push, `code/model/main/${commit}/${earlier}`],
    ['a build, by its id', { kind: 'code', project: 'p', buildId: 'p:1', commit }, 'code/p/p:1'],
    [
      'an image, by its push',
      { ...image, eventTime: startedAt },
      `image/flight-delay/stable/${digest}/${startedAt}`,
    ],
    [
      'a schedule, by when it was due',
      { kind: 'schedule', schedule: 's', scheduledTime: startedAt },
      `schedule/s/${startedAt}`,
    ],
    [
      'drift, by when the alarm rang',
      { kind: 'drift', alarm: 'a', eventTime: startedAt },
      `drift/a/${startedAt}`,
    ],
    [
      'an approval, by package and time',
      { kind: 'approval', packageArn, eventTime: startedAt },
      `approval/${packageArn}/${startedAt}`,
    ],
    ['CodePipeline, by its execution', { kind: 'codepipeline', pipelineExecutionId: 'e' }, 'codepipeline/e'],
    ['a start by hand, by itself', { kind: 'manual' }, `manual/${executionArn}`],
    ['a signal that says too little, by itself', { kind: 'data' }, `manual/${executionArn}`],
  ])('for %s', (_name, trigger, expected) => {
    expect(of(trigger).key).toBe(`flight-delay/${expected}`);
  });

  test('by whoever asks, whichever way it comes in', () => {
    const byHand = of({ kind: 'manual' }, { intent: 'nightly/1' });
    const byPipeline = of({ kind: 'codepipeline', pipelineExecutionId: 'e' }, { intent: 'nightly/1' });

    expect(byHand.key).toBe('flight-delay/intent/nightly/1');
    expect(byPipeline.key).toBe(byHand.key);
  });

  test('anew when code goes back to an earlier commit', () => {
    const there = of(push);
    const back = of({ ...push, commit: earlier, previousCommit: commit });
    const again = of({ ...push, previousCommit: 'c'.repeat(40) });

    expect(new Set([there.key, back.key, again.key]).size).toBe(3);
  });

  test('within the ledger’s limits, however long its parts are', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1024 }), fc.string({ maxLength: 1024 }), (key, versionId) => {
        expect(of({ kind: 'data', bucket: 'in', key, versionId }).key.length).toBeLessThanOrEqual(600);
      }),
    );
  });
});

describe('intents are ranked', () => {
  test('by the time at which they were asked, in milliseconds', () => {
    expect(of({ ...image, eventTime: '2026-03-02T08:59:00Z' }).rank).toMatch(
      /^2026-03-02T08:59:00\.000Z#[0-9a-f]{8}$/,
    );
    expect(of({ kind: 'schedule', schedule: 's', scheduledTime: '2026-03-02T04:00:00+01:00' }).rank).toMatch(
      /^2026-03-02T03:00:00\.000Z#/,
    );
  });

  test('as of now when the signal comes from the future, or from a person', () => {
    for (const trigger of [
      { ...image, eventTime: '2036-01-01T00:00:00Z' },
      { kind: 'manual', eventTime: '2020-01-01T00:00:00Z' },
    ] as Trigger[])
      expect(of(trigger).rank).toMatch(/^2026-03-02T09:00:00\.000Z#/);
  });

  test('apart when they were asked in the same moment', () => {
    const one = of({ kind: 'manual' });
    const other = of({ kind: 'manual' }, { executionArn: `${executionArn}2` });

    expect(one.rank).not.toBe(other.rank);
  });
});

describe('a push', () => {
  const overrides = { triggers: { code: { repository: 'model', branch: 'main', build: 'builder' } } };

  test('is built first, and the image is looked up under the commit', () => {
    const { release, lookups } = checked({ pipeline: 'flight-delay', trigger: push, overrides });

    expect(release.commit).toBe(commit);
    expect(lookups.build).toEqual({ project: 'builder', commit });
    expect(lookups.images).toMatchObject([{ imageId: { ImageTag: commit } }]);
  });

  test('of a pipeline that builds nothing is refused: its image is not there yet', () => {
    expect(() => checked({ pipeline: 'flight-delay', trigger: push })).toThrow(
      '$.trigger.branch tells of a push, whose image is not built yet',
    );
  });

  test('that was built already is looked up as the pipeline names it', () => {
    const trigger = { kind: 'code', project: 'builder', buildId: 'builder:1', commit };
    const { lookups } = checked({ pipeline: 'flight-delay', trigger, overrides });

    expect(lookups.build).toBeNull();
    expect(lookups.images).toMatchObject([{ imageId: { ImageTag: 'stable' } }]);
  });
});

test('an approval needs no image, and names the package', () => {
  const trigger = { kind: 'approval', packageArn, eventTime: startedAt };
  const { release, lookups } = checked({ pipeline: 'flight-delay', trigger });

  expect(release.packageArn).toBe(packageArn);
  expect(lookups.images).toEqual([]);
  expect(() => checked({ pipeline: 'flight-delay', trigger: { kind: 'approval' } })).toThrow(
    '$.trigger.packageArn is missing',
  );
});

test('a time that is none is refused', () => {
  expect(() => checked({ pipeline: 'flight-delay', trigger: { ...image, eventTime: 'yesterday' } })).toThrow(
    '$.trigger.eventTime is "yesterday"; must be a time',
  );
});
