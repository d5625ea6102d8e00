import { describe, expect, test } from '@jest/globals';
import type { Scenario } from '../../../local/scenario.ts';
import type { World } from '../../../local/world.ts';
import { buildProject } from '../../support/build-project.ts';
import { type Account, openAccount } from '../support/open-account.ts';
import { allow, arnOf, giveRole, giveRoleTo } from '../support/roles.ts';

const commit = 'a'.repeat(40);

let world: World;
let call: Account['call'];
let events: Account['events'];

/** A project that builds the repository of the same name. */
const open = async (scenario: Scenario = {}, project: object = {}): Promise<void> => {
  ({ world, call, events } = await openAccount({ scenario }));
  world.ecr.createRepository('flight-delay');
  const serviceRole = giveRoleTo({ Service: 'codebuild.amazonaws.com' }, world, 'builder');
  await call('CreateProject', {
    ...buildProject('flight-delay', serviceRole, { STAGE: 'prod' }),
    ...project,
  });
};

const start = (input: object = {}) =>
  call('StartBuild', { projectName: 'flight-delay', sourceVersion: commit, ...input });

const described = async (id: string) => (await call('BatchGetBuilds', { ids: [id] })).builds[0];

describe('a build', () => {
  test('pushes what it built under its source’s version, and exports the digest', async () => {
    await open();
    const { build } = await start();
    expect(build).toMatchObject({ buildStatus: 'IN_PROGRESS', buildComplete: false, buildNumber: 1 });

    await world.clock.advance(300_000);

    const { imageDetails } = await call('DescribeImages', {
      repositoryName: 'flight-delay',
      imageIds: [{ imageTag: commit }],
    });
    expect(await described(build.id)).toMatchObject({
      buildStatus: 'SUCCEEDED',
      currentPhase: 'COMPLETED',
      sourceVersion: commit,
      startTime: new Date('2026-03-02T09:00:00Z'),
      endTime: new Date('2026-03-02T09:03:20Z'),
      exportedEnvironmentVariables: [{ name: 'IMAGE_DIGEST', value: imageDetails[0].imageDigest }],
    });
  });

  test('is told to EventBridge when it begins and when it ends', async () => {
    await open();
    const { build } = await start();
    await world.clock.advance(300_000);

    const told = events.filter(({ source }) => source === 'aws.codebuild');
    expect(told.map(({ detail }) => detail['build-status'])).toEqual(['IN_PROGRESS', 'SUCCEEDED']);
    expect(told[1]).toEqual({
      source: 'aws.codebuild',
      detailType: 'CodeBuild Build State Change',
      resources: [build.arn],
      detail: {
        'build-status': 'SUCCEEDED',
        'project-name': 'flight-delay',
        'build-id': build.arn,
        'current-phase': 'COMPLETED',
        'current-phase-context': '[]',
        version: '1',
        'additional-information': {
          'build-number': 1,
          artifact: { location: '' },
          environment: {
            image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0',
            type: 'ARM_CONTAINER',
            'compute-type': 'BUILD_GENERAL1_SMALL',
            'privileged-mode': false,
            'environment-variables': [{ name: 'STAGE', value: 'prod', type: 'PLAINTEXT' }],
          },
          source: { type: 'NO_SOURCE' },
          'source-version': commit,
          'timeout-in-minutes': 60,
          'build-complete': true,
          initiator: 'you',
          'build-start-time': 'Mar 2, 2026 9:00:00 AM',
          logs: {
            'group-name': '/aws/codebuild/flight-delay',
            'stream-name': build.id.split(':')[1],
            'deep-link': expect.stringContaining('console.aws.amazon.com'),
          },
          phases: [
            expect.objectContaining({ 'phase-type': 'SUBMITTED' }),
            expect.objectContaining({ 'phase-type': 'PROVISIONING', 'duration-in-seconds': 20 }),
            {
              'phase-type': 'BUILD',
              'phase-status': 'SUCCEEDED',
              'start-time': 'Mar 2, 2026 9:00:20 AM',
              'end-time': 'Mar 2, 2026 9:03:20 AM',
              'duration-in-seconds': 180,
              'phase-context': [': '],
            },
          ],
        },
      },
    });
  });

  test('does as the scenario says, which sees its variables', async () => {
    await open({
      build: ({ environment }) => ({
        seconds: 5,
        pushes: [{ repository: 'flight-delay', tag: `v-${environment.STAGE}` }],
        exported: { VERSION: '7' },
      }),
    });
    const override = { environmentVariablesOverride: [{ name: 'STAGE', value: 'test' }] };
    const { build } = await start(override);
    await world.clock.advance(60_000);

    expect((await described(build.id)).exportedEnvironmentVariables[1]).toEqual({
      name: 'VERSION',
      value: '7',
    });
    const imageIds = [{ imageTag: 'v-test' }];
    await call('DescribeImages', { repositoryName: 'flight-delay', imageIds });
  });

  test('that fails pushes nothing and says why', async () => {
    await open({ build: () => ({ status: 'FAILED', message: 'exit status 1' }) });
    const { build } = await start();
    await world.clock.advance(300_000);

    const { buildStatus, phases } = await described(build.id);
    expect(buildStatus).toBe('FAILED');
    expect(phases[2]).toMatchObject({ phaseStatus: 'FAILED', contexts: [{ message: 'exit status 1' }] });
    expect(world.ecr.repository('flight-delay').images.size).toBe(0);
  });

  test('ends at its time-out, and when it is stopped', async () => {
    await open({ build: () => ({ seconds: 3_600 }) }, { timeoutInMinutes: 5 });
    const slow = await start();
    const stopped = await start();
    await world.clock.advance(60_000);
    await call('StopBuild', { id: stopped.build.arn });
    await world.clock.advance(600_000);

    expect(await described(slow.build.id)).toMatchObject({
      buildStatus: 'TIMED_OUT',
      endTime: new Date('2026-03-02T09:05:20Z'),
    });
    expect(await described(stopped.build.id)).toMatchObject({
      buildStatus: 'STOPPED',
      endTime: new Date('2026-03-02T09:01:00Z'),
    });
  });

  test('asked for twice with one token is one build', async () => {
    await open();
    const first = await start({ idempotencyToken: 'r-1' });
    const second = await start({ idempotencyToken: 'r-1' });

    expect(second.build.id).toBe(first.build.id);
    await expect(start({ idempotencyToken: 'r-1', sourceVersion: 'main' })).rejects.toMatchObject({
      code: 'InvalidInputException',
    });
    const { ids } = await call('ListBuildsForProject', { projectName: 'flight-delay' });
    expect(ids).toEqual([first.build.id]);
  });
});

test('a project is listed and described; what is not there is told', async () => {
  await open();

  expect(await call('ListProjects', {})).toEqual({ projects: ['flight-delay'] });
  expect(await call('BatchGetProjects', { names: ['flight-delay', 'other'] })).toMatchObject({
    projects: [{ arn: arnOf('codebuild', 'project/flight-delay'), timeoutInMinutes: 60 }],
    projectsNotFound: ['other'],
  });
  await expect(start({ projectName: 'other' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await call('DeleteProject', { name: 'flight-delay' });
  expect(await call('ListProjects', {})).toEqual({ projects: [] });
});

describe('startBuild.sync', () => {
  const builds = allow(
    ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:BatchGetBuilds'],
    arnOf('codebuild', 'project/flight-delay'),
  );
  const waits = allow(
    ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    arnOf('events', 'rule/StepFunctionsGetEventForCodeBuildStartBuildRule'),
  );
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Build',
    States: {
      Build: {
        Type: 'Task',
        Resource: 'arn:aws:states:::codebuild:startBuild.sync',
        Arguments: {
          ProjectName: 'flight-delay',
          SourceVersion: commit,
          IdempotencyToken: 'r-1',
          EnvironmentVariablesOverride: [{ Name: 'STAGE', Value: 'test', Type: 'PLAINTEXT' }],
        },
        End: true,
      },
    },
  });

  const run = async (...statements: Parameters<typeof giveRole>[2][]) => {
    const roleArn = giveRole(world, 'machine', ...statements);
    const { stateMachineArn } = await call('CreateStateMachine', { name: 'build', roleArn, definition });
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    return executionArn as string;
  };

  const ended = async (executionArn: string) => {
    await world.clock.runUntil(() => world.stepfunctions.execution(executionArn).status !== 'RUNNING');
    return call('DescribeExecution', { executionArn });
  };

  test('waits for the build and gives it', async () => {
    await open();
    const { output, status } = await ended(await run(builds, waits));

    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output).Build).toMatchObject({
      BuildStatus: 'SUCCEEDED',
      SourceVersion: commit,
      EndTime: Date.parse('2026-03-02T09:03:20Z'),
      ExportedEnvironmentVariables: [{ Name: 'IMAGE_DIGEST', Value: expect.stringMatching(/^sha256:/) }],
    });
  });

  test('fails with the build that failed', async () => {
    await open({ build: () => ({ status: 'FAILED' }) });
    const { error, cause } = await ended(await run(builds, waits));

    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause).Build.BuildStatus).toBe('FAILED');
  });

  test('stops the build when the execution is stopped', async () => {
    await open();
    const executionArn = await run(builds, waits);
    await world.clock.advance(60_000);
    await call('StopExecution', { executionArn });
    await world.clock.advance(1_000);

    const { ids } = await call('ListBuildsForProject', { projectName: 'flight-delay' });
    expect((await described(ids[0])).buildStatus).toBe('STOPPED');
  });

  test('needs a role that may keep the rule it waits by', async () => {
    await open();
    await expect(run(builds)).rejects.toThrow('is not authorized to create managed-rule');
  });
});
