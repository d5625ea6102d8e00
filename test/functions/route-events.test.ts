import { routeEvent } from '../../functions/route-events/route-event.ts';
import type { Start, UploadWish, Wish } from '../../functions/route-events/wish.ts';
import type { Pipeline } from '../../functions/shared/generated/contracts.ts';
import packaged from '../../functions/shared/generated/pipelines.json' with { type: 'json' };
import { changed, detail, sample, samples } from '../support/samples.ts';

const shipped = packaged['flight-delay'] as unknown as Pipeline;

/** The pipeline that ships, with other triggers. */
const withTriggers = (triggers: Pipeline['triggers']): Pipeline => ({ ...shipped, triggers });

const everything = withTriggers({
  data: { prefix: 'flight-delay/incoming/', suffix: '.json', marker: '_SUCCESS' },
  code: { repository: 'flight-delay-model', branch: 'main', build: 'flight-delay-image' },
  image: { repository: 'flight-delay', tag: 'stable' },
  schedule: { expression: 'rate(1 day)' },
  drift: { alarm: 'flight-delay-drift' },
  approval: {},
});
const afterBuild = withTriggers({ code: { project: 'flight-delay-image' } });

const route = (body: string, pipeline: Pipeline = everything): Wish[] => routeEvent(body, [pipeline]);
const started = (body: string, pipeline?: Pipeline): Start => {
  const [wish, ...others] = route(body, pipeline);
  expect(others).toEqual([]);
  expect(wish?.kind).toBe('start');
  return wish as Start;
};

describe('a signal asks for a release', () => {
  const commit = '0f1e2d3c4b5a69788796a5b4c3d2e1f001234567';
  const previousCommit = 'aa11bb22cc33dd44ee55ff66aa77bb88cc99dd00';

  test.each<[string, object, Pipeline?]>([
    [
      'codecommit/branch-updated',
      {
        kind: 'code',
        repository: 'flight-delay-model',
        branch: 'main',
        commit,
        previousCommit,
        by: expect.stringMatching(/^arn:/),
      },
    ],
    [
      'code/code-pushed',
      { kind: 'code', repository: 'flight-delay-model', branch: 'main', commit, previousCommit, by: 'dev' },
    ],
    [
      'codebuild/build-succeeded',
      { kind: 'code', project: 'flight-delay-image', buildId: expect.any(String), commit },
      afterBuild,
    ],
    [
      'ecr/image-pushed',
      { kind: 'image', repository: 'flight-delay', tag: 'stable', digest: expect.stringMatching(/^sha256:/) },
    ],
    [
      'scheduler/schedule-due',
      { kind: 'schedule', schedule: 'flight-delay', scheduledTime: '2026-03-02T03:00:00Z' },
    ],
    [
      'cloudwatch/drift-found',
      { kind: 'drift', alarm: 'flight-delay-drift', eventTime: '2026-03-02T09:00:00.000Z' },
    ],
    [
      'sagemaker/package-approved',
      { kind: 'approval', packageArn: expect.stringMatching(/model-package\/flight-delay\/7$/) },
    ],
  ])('%s', (path, trigger, pipeline = everything) => {
    const { machine, name, input } = started(sample(path), pipeline);

    expect(machine).toBe('release');
    expect(input).toMatchObject({ pipeline: 'flight-delay', trigger });
    expect(name).toMatch(/^flight-delay-[a-z]+-[0-9a-f]{16}(-[0-9a-f]{8})?$/);
  });

  test('and a rejected package asks for the one before, should it serve', () => {
    const { machine, name, input } = started(sample('sagemaker/package-rejected'));

    expect(machine).toBe('rollback');
    expect(name).toMatch(/^flight-delay-rollback-[0-9a-f]{16}-9d501c52$/);
    expect(input).toEqual({
      pipeline: 'flight-delay',
      packageArn: expect.stringMatching(/flight-delay\/7$/),
      reason: expect.stringMatching(/was rejected: Wrong for night flights\.$/),
      by: expect.any(String),
    });
  });
});

describe('a signal asks for nothing', () => {
  test.each<[string, string, Pipeline?]>([
    ['a branch that was deleted', changed('codecommit/branch-updated', detail('referenceDeleted', 'event'))],
    ['a tag that was pushed', changed('codecommit/branch-updated', detail('tag', 'referenceType'))],
    ['another branch', changed('codecommit/branch-updated', detail('trial', 'referenceName'))],
    ['a push that another project builds later', sample('codecommit/branch-updated'), afterBuild],
    [
      'a push told by a workflow of another repository',
      changed('code/code-pushed', detail('other', 'repository')),
    ],
    [
      'a build that failed',
      changed('codebuild/build-succeeded', detail('FAILED', 'build-status')),
      afterBuild,
    ],
    ['a build whose push has asked already', sample('codebuild/build-succeeded')],
    ['an image without a tag', changed('ecr/image-pushed', detail(undefined, 'image-tag'))],
    ['an image that was deleted', changed('ecr/image-pushed', detail('DELETE', 'action-type'))],
    ['a schedule that its pipeline has no more', sample('scheduler/schedule-due'), afterBuild],
    ['an alarm that ends', changed('cloudwatch/drift-found', detail('OK', 'state', 'value'))],
    ['an alarm that rings on', changed('cloudwatch/drift-found', detail('ALARM', 'previousState', 'value'))],
    [
      'a package that waits',
      changed('sagemaker/package-approved', detail('PendingManualApproval', 'ModelApprovalStatus')),
    ],
    [
      'a package of another group',
      changed('sagemaker/package-approved', detail('other', 'ModelPackageGroupName')),
    ],
    [
      'a package that a release registers as approved',
      changed('sagemaker/package-approved', detail(undefined, 'LastModifiedTime')),
    ],
  ])('%s', (_, body, pipeline = everything) => {
    expect(route(body, pipeline)).toEqual([]);
  });
});

describe('the name of an execution', () => {
  test('is the same for one event however often it comes', () => {
    expect(started(sample('ecr/image-pushed')).name).toBe(started(sample('ecr/image-pushed')).name);
  });

  test('is another for a second event of the same change, which finds its intent claimed', () => {
    const again = changed('ecr/image-pushed', (event) => {
      event.id = 'ffffffff-328b-6117-af20-0e5566167482';
    });

    const [one, other] = [started(sample('ecr/image-pushed')).name, started(again).name];

    expect(other).not.toBe(one);
    expect(other.slice(0, -8)).toBe(one.slice(0, -8));
  });

  test('is another for a commit that is gone back to', () => {
    const back = changed(
      'code/code-pushed',
      detail('1111111111111111111111111111111111111111', 'previousCommit'),
    );

    expect(started(back).name.slice(0, -8)).not.toBe(started(sample('code/code-pushed')).name.slice(0, -8));
  });

  test('differs between pipelines that begin alike, and is never too long', () => {
    const long = `${'a'.repeat(45)}-one`;
    const pair = [long, `${long}-two`].map((name) => ({ ...everything, name }));

    const names = routeEvent(sample('ecr/image-pushed'), pair).map((wish) => (wish as Start).name);

    expect(new Set(names).size).toBe(2);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});

describe('an upload', () => {
  const uploaded = (key: string, size = 10): string =>
    changed('s3/object-created', (event) => {
      detail(key, 'object', 'key')(event);
      detail(size, 'object', 'size')(event);
    });

  test('is for the burst of the pipeline that watches its key', () => {
    const [wish] = route(sample('s3/object-created')) as UploadWish[];

    expect(wish).toMatchObject({
      kind: 'upload',
      bucket: expect.any(String),
      pipeline: { name: 'flight-delay' },
    });
    expect(wish!.upload).toEqual({
      key: 'flight-delay/incoming/2001-01.json',
      versionId: 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e',
      etag: 'b1946ac92492d2347c6235b4d2611184',
      size: 1048576,
      sequencer: '00617F08299329D189',
      time: '2026-03-02T09:00:00.000Z',
    });
  });

  test('of the marker ends the burst and belongs to no list, empty or not', () => {
    for (const size of [0, 3]) {
      expect(route(uploaded('flight-delay/incoming/2001/_SUCCESS', size))).toEqual([
        { kind: 'upload', bucket: expect.any(String), pipeline: everything },
      ]);
    }
  });

  test.each([
    ['under a prefix that nobody watches', 'elsewhere/file.json', 10],
    ['with another suffix', 'flight-delay/incoming/readme.txt', 10],
    ['that is a folder', 'flight-delay/incoming/2001/', 0],
    ['without content', 'flight-delay/incoming/empty.json', 0],
  ])('%s asks for nothing', (_, key, size) => {
    expect(route(uploaded(key, size))).toEqual([]);
  });

  test.each([
    ['*', 'a/b.json', true],
    ['*.json', 'a/b.json', true],
    ['*.json', 'a/bxjson', false],
    ['*/train-*.json', 'eu/train-1.json', true],
    ['*/train-*.json', 'train-1.json', false],
    ['2001-(01).json', '2001-(01).json', true],
    ['2001', '2001.json', false],
  ])('with the pattern %s and the key %s: %s', (pattern, key, isWatched) => {
    const pipeline = withTriggers({ data: { prefix: 'in/', pattern } });

    expect(route(uploaded(`in/${key}`), pipeline)).toHaveLength(isWatched ? 1 : 0);
  });
});

describe('a message that nobody can read is refused with the reason', () => {
  test.each([
    ['not JSON', 'hello', 'The message is not JSON'],
    ['null', 'null', '$["source"] is missing'],
    [
      'of another kind',
      '{"id":"1","source":"aws.ec2","detail-type":"X","time":"2026-03-02T09:00:00Z","detail":{}}',
      'No rule of this stack sends aws.ec2/X',
    ],
    [
      'with a name of JavaScript’s',
      '{"id":"1","source":"__proto__","detail-type":"toString","time":"2026-03-02T09:00:00Z","detail":{}}',
      'No rule of this stack sends',
    ],
    [
      'without a time',
      changed('ecr/image-pushed', (event) => void Object.assign(event, { time: 'soon' })),
      '$["time"] is "soon", which is no time',
    ],
    [
      'without an id',
      changed('ecr/image-pushed', (event) => void Object.assign(event, { id: '' })),
      '$["id"] is missing',
    ],
    [
      'without detail',
      changed('ecr/image-pushed', (event) => void Object.assign(event, { detail: null })),
      '$.detail is missing',
    ],
    [
      'with a commit that is none',
      changed('code/code-pushed', detail('main~1', 'commit')),
      '"main~1" is no commit id',
    ],
    [
      'of an object without a size',
      changed('s3/object-created', detail(undefined, 'object', 'size')),
      '$.detail.object.size is missing or not a number',
    ],
    [
      'of an object without an ETag',
      changed('s3/object-created', detail(undefined, 'object', 'etag')),
      '$.detail.object.etag is missing',
    ],
  ])('%s', (_, body, reason) => {
    expect(() => route(body)).toThrow(reason);
  });

  test.each(samples().filter((path) => /-(without-(?!overrides)|with-odd)/.test(path)))('%s', (path) => {
    expect(() => route(sample(path))).toThrow(/is missing|is no/);
  });
});
