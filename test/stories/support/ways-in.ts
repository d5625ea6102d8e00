import { openWorld } from '../../../local/open-world.ts';
import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../../../local/world.ts';
import { giveRoleTo } from '../../local/support/roles.ts';
import { buildProject } from '../../support/build-project.ts';
import { packageWith } from '../../support/package-with.ts';
import { sample } from '../../support/samples.ts';
import { play, usual } from './behaviour.ts';

/** What the world outside does. */
export const outside = {
  /** What becomes of an event; a number is its delay in seconds. */
  fate: (): 'deliver' | 'double' | 'drop' | number => 'deliver',
};

export let world: World;

/** Opens a world with test/pipelines, which listen to every kind of signal, for each test of a file. */
export function openForEach(): void {
  let packageDirectory: string;

  beforeAll(() => {
    packageDirectory = packageWith('test/pipelines');
  });

  beforeEach(async () => {
    // The image that lies there from the beginning was pushed before the stack watched it.
    outside.fate = () => 'drop';
    world = await openWorld({
      packageDirectory,
      scenario: {
        job: (job) => play(job, usual),
        event: ({ source }) => (source === 'aws.states' ? 'deliver' : outside.fate()),
      },
    });
    world.ecr.createRepository('every-trigger');
    world.ecr.push({ repository: 'every-trigger', tag: 'stable', content: 'one' });
    outside.fate = () => 'deliver';
  });

  afterEach(() => world.close());
}

export const call = (
  service: 'cloudwatch' | 'codebuild' | 'codecommit' | 'events' | 'sagemaker',
  operation: string,
  input: object,
) => world.door.call({ service, operation, input, caller: world.person });

/** A sample that speaks of the pipelines of this stack. */
export const event = (path: string): { source: string; detailType: string; detail: object } => {
  const text = sample(path)
    .replaceAll('flight-delay', path.startsWith('codebuild') ? 'after-build' : 'every-trigger')
    .replaceAll(/signalbox-prod-databucket-\w+/g, world.resources.DataBucket!);
  const { source, 'detail-type': detailType, detail } = JSON.parse(text);
  return { source, detailType, detail };
};
export const emit = (path: string): void => void world.events.emit({ ...event(path), resources: [] });

export const upload = (key: string, body = '[1]'): void =>
  void world.s3.put(world.outputs.DataBucketName!, key, body);
export const pass = (minutes: number): Promise<void> => world.clock.advance(minutes * 60_000);
export const started = (machine: 'release' | 'rollback' | 'collect'): ExecutionView[] =>
  world.stepfunctions.executions().filter(({ machineName }) => machineName.endsWith(`-${machine}`));
export const requests = (): { pipeline: string; trigger: Record<string, unknown> }[] =>
  started('release').map(({ input }) => JSON.parse(input));
export const deadLetters = () => world.sqs.messages(world.resources.EventDeadLetterQueue!);

/** Every way in, by what the world outside does. */
export const WAYS: readonly (readonly [string, () => unknown, object])[] = [
  [
    'an upload',
    () => upload('every-trigger/incoming/1.json'),
    { kind: 'data', key: 'every-trigger/incoming/1.json' },
  ],
  [
    'a branch of CodeCommit that moves',
    async () => {
      await call('codecommit', 'CreateRepository', { repositoryName: 'every-trigger-model' });
      await call('codecommit', 'CreateCommit', { repositoryName: 'every-trigger-model', branchName: 'main' });
    },
    { kind: 'code', repository: 'every-trigger-model', branch: 'main', commit: expect.any(String) },
  ],
  [
    'a push that a workflow tells on our own bus',
    () => {
      const { source, detailType, detail } = event('code/code-pushed');
      return call('events', 'PutEvents', {
        Entries: [
          {
            Source: source,
            DetailType: detailType,
            Detail: JSON.stringify(detail),
            EventBusName: world.resources.EventBus,
          },
        ],
      });
    },
    { kind: 'code', repository: 'every-trigger-model', branch: 'main', by: 'dev' },
  ],
  [
    'a build of CodeBuild',
    async () => {
      const builder = giveRoleTo({ Service: 'codebuild.amazonaws.com' }, world, 'builder');
      await call('codebuild', 'CreateProject', buildProject('after-build-image', builder));
      await call('codebuild', 'StartBuild', { projectName: 'after-build-image' });
    },
    { kind: 'code', project: 'after-build-image', buildId: expect.any(String) },
  ],
  [
    'an image',
    () => world.ecr.push({ repository: 'every-trigger', tag: 'stable', content: 'two' }),
    { kind: 'image', repository: 'every-trigger', tag: 'stable', digest: expect.stringMatching(/^sha256:/) },
  ],
  [
    'an alarm of a monitor',
    async () => {
      await call('cloudwatch', 'PutMetricAlarm', {
        AlarmName: 'every-trigger-drift',
        Namespace: 'Monitor',
        MetricName: 'drift',
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0.2,
        ComparisonOperator: 'GreaterThanThreshold',
      });
      await call('cloudwatch', 'SetAlarmState', {
        AlarmName: 'every-trigger-drift',
        StateValue: 'ALARM',
        StateReason: 'Distance 0.31',
      });
    },
    { kind: 'drift', alarm: 'every-trigger-drift' },
  ],
  [
    'a model package that is approved',
    () => emit('sagemaker/package-approved'),
    { kind: 'approval', packageArn: expect.stringMatching(/model-package\/every-trigger\/7$/) },
  ],
];
