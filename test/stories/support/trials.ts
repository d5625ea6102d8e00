import type { SimulatedFleet } from '../../../local/scenario.ts';
import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import { clientsOf } from './clients.ts';
import { executionsOf, startMachine, turnOf } from './rollbacks.ts';
import { ENDPOINT, openStory, type Story, type StoryOptions } from './story.ts';
import type { ToldRelease } from './told-release.ts';

export const STEP_SECONDS = 600;
export const byWeights = { type: 'weights', steps: [10, 50], intervalSeconds: STEP_SECONDS };
// biome-ignore lint/suspicious/noThenProperty: the pipeline file calls it so.
export const asShadow = { type: 'shadow', seconds: 1800, then: { type: 'canary', bakeSeconds: 300 } };

/** A trial that has begun, or is about to: the release is started by hand beside a champion. */
export interface Tried {
  readonly story: Story;
  readonly champion: ToldRelease;
  /** The release's execution. */
  readonly arn: string;
  /** When the release was started. */
  readonly sinceMs: number;
}

interface TrialOptions extends StoryOptions {
  readonly shift?: object;
  readonly alarms?: object;
  readonly challenger?: SimulatedFleet;
}

/** A champion goes live; an hour later a release is started that tries its challenger first. */
export async function openTrial({
  shift = byWeights,
  alarms = {},
  challenger = {},
  ...options
}: TrialOptions = {}): Promise<Tried> {
  const story = await openStory({ fleet: clientsOf(() => challenger), ...options });
  const champion = await story.liveRelease();
  await story.pass({ hours: 1 });
  const sinceMs = story.world.clock.now();
  const arn = await startTrial(story, { shift, alarms });
  return { story, champion, arn, sinceMs };
}

export const startTrial = (story: Story, deploy: object): Promise<string> =>
  story.start({ pipeline: 'flight-delay', fresh: true, overrides: { deploy } });

/** What serves, the weights and the shadows, as SageMaker tells it. */
export async function variantsOf(story: Story): Promise<Record<string, number>> {
  const { ProductionVariants = [] } = await story.ask<{
    ProductionVariants?: { VariantName: string; CurrentWeight: number }[];
  }>('DescribeEndpoint', { EndpointName: ENDPOINT });
  return Object.fromEntries(
    ProductionVariants.map(({ VariantName, CurrentWeight }) => [VariantName, CurrentWeight]),
  );
}

/** The machine that tries the challenger, in its latest execution. */
export const trying = (story: Story, machine: 'weights' | 'shadow' = 'weights'): ExecutionView | undefined =>
  executionsOf(story, machine).at(-1);

/** Lets time pass until the alarms watch the n-th step, and a minute more. */
export async function watchesStep(story: Story, step: number): Promise<void> {
  await story.world.clock.runUntil(() => {
    const states = statesOf(trying(story));
    return (
      states.at(-1) === 'Let the alarms watch' &&
      states.filter((state) => state === 'Change the weights').length === step
    );
  }, 6 * 3_600_000);
  await story.pass({ minutes: 1 });
}

export const statesOf = (execution: ExecutionView | undefined, sinceMs = 0): string[] =>
  (execution?.history ?? [])
    .filter(({ type, timestamp }) => type.endsWith('StateEntered') && Number(timestamp) >= sinceMs)
    .map(({ stateEnteredEventDetails }) => (stateEnteredEventDetails as { name: string }).name);

/** An alarm of the trial, or one of the pipeline's owner, as it is made by hand. */
export async function makeNamedAlarm(story: Story, AlarmName: string): Promise<void> {
  await cloudwatch(story, 'PutMetricAlarm', {
    AlarmName,
    Namespace: 'Shop',
    MetricName: 'Conversion',
    Statistic: 'Average',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    Period: 60,
    EvaluationPeriods: 1,
    TreatMissingData: 'ignore',
  });
  await cloudwatch(story, 'SetAlarmState', { AlarmName, StateValue: 'OK', StateReason: 'all is well' });
}

export const ring = (story: Story, AlarmName: string): Promise<unknown> =>
  cloudwatch(story, 'SetAlarmState', { AlarmName, StateValue: 'ALARM', StateReason: 'too few buy' });

/** What the rule of a named alarm does with its event; the rules are made from the pipeline files that ship. */
export const tellOfNamedAlarm = (story: Story): Promise<string> =>
  startMachine(story, 'WakeMachine', { subject: `endpoint/${ENDPOINT}`, news: 'ALARM' });

/** Nobody holds the turn, and nothing is marked as half done. */
export function expectTurnFree(story: Story): void {
  expect(turnOf(story)).not.toHaveProperty('holder');
  expect(turnOf(story)).not.toHaveProperty('shifting');
}

/** Nor does any machine of a trial still listen. The mailbox of one that was stopped goes by its ttl. */
export function expectNothingHeld(story: Story): void {
  expectTurnFree(story);
  const table = story.world.dynamodb.table(story.world.outputs.LedgerTableName!);
  const mailboxes = [...table.all()].map(({ sk }) => (sk as { S: string }).S);
  expect(mailboxes.filter((sk) => /^arn:.*-(weights|shadow|trial):/.test(sk))).toEqual([]);
}

/** The champion's own config serves with its own weight and instances, and what the trial made is gone. */
export async function expectChampionAsBefore(story: Story, config: string): Promise<void> {
  const { endpoint, configs, models, alarms } = await story.serving();
  expect(endpoint).toMatchObject({ status: 'InService', config, instances: 4 });
  expect(configs).toEqual([config]);
  expect(models).toEqual([config]);
  expect(alarms.filter((name) => !name.includes(`-${config}-`))).toEqual([]);
  expect(await variantsOf(story)).toEqual({ main: 1 });
  expectNothingHeld(story);
}

const cloudwatch = (story: Story, operation: string, input: object): Promise<unknown> =>
  story.world.door.call({ service: 'cloudwatch', operation, input, caller: story.world.person });
