import type { Behaviour } from './support/behaviour.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
const previousCommit = 'ffeeddccbbaa99887766554433221100ffeeddcc';

/** A push of a pipeline that builds its image. */
const push = {
  pipeline: 'flight-delay',
  trigger: { kind: 'code', repository: 'model', branch: 'main', commit, previousCommit },
  overrides: { triggers: { code: { repository: 'model', branch: 'main', build: 'flight-delay' } } },
};

async function openWithProject(behaviour: Partial<Behaviour> = {}): Promise<Story> {
  const story = await openStory(behaviour);
  story.world.codebuild.addProject({
    name: 'flight-delay',
    source: { type: 'NO_SOURCE' },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: { type: 'ARM_CONTAINER', image: 'builder', computeType: 'BUILD_GENERAL1_SMALL' },
    serviceRole: 'arn:aws:iam::123456789012:role/builder',
  });
  return story;
}

describe('a push is released', () => {
  test('in the image that was built from exactly its commit, which travels with the model', async () => {
    const story = await openWithProject();

    await story.start(push);
    const { outcome, plan, detail } = await story.released();

    const { imageDetails } = (await story.world.door.call({
      service: 'ecr',
      operation: 'DescribeImages',
      input: { repositoryName: 'flight-delay', imageIds: [{ imageTag: commit }] },
      caller: story.world.person,
    })) as { imageDetails: { imageDigest: string }[] };
    const model = await story.ask<{ MetadataProperties: object; CustomerMetadataProperties: object }>(
      'DescribeModelPackage',
      { ModelPackageName: detail.modelPackageArn },
    );
    const [job] = story.calls.filter(({ operation }) => operation === 'CreateTrainingJob');
    expect(outcome).toBe('LIVE');
    for (const image of Object.values(plan!.images!)) expect(image).toContain(imageDetails[0]!.imageDigest);
    expect(detail.release).toMatchObject({ commit });
    expect(model.MetadataProperties).toMatchObject({ CommitId: commit });
    expect(job!.input).toMatchObject({ Environment: { SIGNALBOX_COMMIT: commit } });
  });

  test('not at all when its build fails, and whoever pushed is told why', async () => {
    const story = await openWithProject({ build: () => ({ status: 'FAILED', message: 'exit status 1' }) });

    await story.start(push);
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [
        expect.stringMatching(/^Build the image: The build flight-delay:.* ended as FAILED .*exit status 1/),
      ],
      execution: { error: 'BuildFailedError' },
    });
    expect(release.notice.message).toContain('Who can act: Whoever pushed the commit');
    expect(story.called(/^CreateProcessingJob$/)).toEqual([]);
  });

  test('not when somebody stops the build with the release', async () => {
    const story = await openWithProject({ build: () => ({ seconds: 3600 }) });
    const arn = await story.start(push);
    await story.pass({ minutes: 5 });

    await story.abort(arn);
    await story.pass({ minutes: 5 });

    expect(story.called(/^StopBuild$/)).toHaveLength(1);
  });
});
