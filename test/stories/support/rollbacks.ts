import type { EventEnvelope } from '../../../local/services/events/rule.ts';
import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import { ENDPOINT, openStory, type Story, type StoryOptions } from './story.ts';
import type { ToldRelease } from './told-release.ts';

/** A story in which so many releases have gone live, oldest first. */
export async function openWithLive(
  count: number,
  options: StoryOptions = {},
): Promise<{ story: Story; live: ToldRelease[]; told: EventEnvelope[] }> {
  const told: EventEnvelope[] = [];
  const story = await openStory({
    event: (event) => {
      if (event.source === 'signalbox') told.push(event as EventEnvelope);
      // Nobody hears or looks whether an execution died: what cleans up after it has stories of its own.
      return ['aws.states', 'aws.events'].includes(event.source) ? 'drop' : 'deliver';
    },
    ...options,
  });
  const live: ToldRelease[] = [];
  for (let index = 0; index < count; index += 1) live.push(await story.liveRelease());
  told.length = 0;
  return { story, live, told };
}

export const request = {
  pipeline: 'flight-delay',
  endpoint: ENDPOINT,
  reason: 'it answers nonsense',
  by: 'you',
};

export interface Answer {
  readonly outcome: string;
  readonly to: string;
  readonly reasons: readonly string[];
  readonly servedConfig: string;
}

export const rollsBack = async (story: Story, input: object) =>
  ended(story, await startMachine(story, 'RollbackMachine', input));

/** What route-events starts when somebody rejects the package of a release. */
export const rejection = ({ detail }: ToldRelease) => ({
  pipeline: 'flight-delay',
  packageArn: detail.modelPackageArn,
  reason: 'it is biased',
  by: 'whoever rejected the model package',
});

export const deploys = async (story: Story, like: ToldRelease, changes: object) =>
  ended(story, await startDeploy(story, like, changes));

/** A deployment of the package that another release registered. */
export const startDeploy = (story: Story, like: ToldRelease, changes: object): Promise<string> =>
  startMachine(story, 'DeployMachine', {
    release: like.id,
    pipeline: 'flight-delay',
    packageArn: like.detail.modelPackageArn,
    policy: 'newest',
    deploy: { ...like.plan!.deploy, mode: 'update' },
    ...changes,
  });

export async function startMachine(story: Story, machine: string, input: object): Promise<string> {
  const { executionArn } = (await story.world.door.call({
    service: 'stepfunctions',
    operation: 'StartExecution',
    input: { stateMachineArn: story.world.resources[machine], input: JSON.stringify(input) },
    caller: story.world.person,
  })) as { executionArn: string };
  return executionArn;
}

/** Lets time pass until it has ended. */
export async function ended(story: Story, arn: string): Promise<{ answer: Answer; transitions: number }> {
  const { clock, stepfunctions } = story.world;
  await clock.runUntil(() => stepfunctions.execution(arn).status !== 'RUNNING', 30 * 24 * 3_600_000);
  const { status, output, history } = stepfunctions.execution(arn);
  expect(status).toBe('SUCCEEDED');
  return {
    answer: JSON.parse(output!) as Answer,
    transitions: history.filter(({ type }) => type.endsWith('StateEntered')).length,
  };
}

/** A release whose executions are stopped between its check and its proof. Answers the config it left half shifted. */
export async function diesWhileShifting(story: Story): Promise<string> {
  await story.start({ pipeline: 'flight-delay' });
  const { clock, stepfunctions, door, person } = story.world;
  await clock.runUntil(() => turnOf(story).shifting !== undefined, 7_200_000);
  await clock.advance(60_000);
  const deploy = executionsOf(story, 'deploy').at(-1)!;
  await door.call({
    service: 'stepfunctions',
    operation: 'StopExecution',
    input: { executionArn: deploy.arn, error: 'Stopped', cause: 'by hand' },
    caller: person,
  });
  await story.released();
  expect(stepfunctions.execution(deploy.arn).status).toBe('ABORTED');
  return turnOf(story).shifting!;
}

export const executionsOf = (story: Story, machine: string): ExecutionView[] =>
  story.world.stepfunctions.executions().filter(({ machineName }) => machineName.endsWith(`-${machine}`));

export const notices = (story: Story) =>
  story.world.sns.published
    .filter(({ subject }) => subject?.includes('rollback of'))
    .map(({ subject, message }) => ({ subject, message }));

/** What was proven at the endpoint, newest first. */
export const history = (story: Story): string[] =>
  story.world.dynamodb
    .table(story.world.outputs.LedgerTableName!)
    .partition({ pk: { S: `live/${ENDPOINT}` }, sk: { S: '' } })
    .map(({ config }) => Object.values(config!)[0] as string)
    .reverse();

export const turnOf = (story: Story): Record<string, string | undefined> => {
  const table = story.world.dynamodb.table(story.world.outputs.LedgerTableName!);
  const item = table.get({ pk: { S: 'turn' }, sk: { S: `endpoint/${ENDPOINT}` } }) ?? {};
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, Object.values(value)[0]]));
};

export const setTurn = (story: Story, UpdateExpression: string, ExpressionAttributeValues: object) =>
  story.world.door.call({
    service: 'dynamodb',
    operation: 'UpdateItem',
    input: {
      TableName: story.world.outputs.LedgerTableName,
      Key: { pk: { S: 'turn' }, sk: { S: `endpoint/${ENDPOINT}` } },
      UpdateExpression,
      ExpressionAttributeValues,
    },
    caller: story.world.person,
  });
