import type { SimulatedFleet } from '../../../local/scenario.ts';
import { ENDPOINT, openStory, type Story, type StoryOptions } from './story.ts';
import type { ToldRelease } from './told-release.ts';

const REQUESTS_PER_MINUTE = 600;

/** An endpoint that a champion has served for an hour, with clients that ask all the time. */
export async function openWithClients(
  options: StoryOptions = {},
): Promise<{ story: Story; champion: ToldRelease }> {
  const story = await openStory({
    fleet: () => ({ requestsPerMinute: REQUESTS_PER_MINUTE }),
    ...options,
  });
  const champion = await story.liveRelease();
  await story.pass({ hours: 1 });
  return { story, champion };
}

/** From now on every fleet but the champion's is like this; clients go on asking. */
export function challengersAre(story: Story, champion: ToldRelease, fleet: SimulatedFleet): void {
  story.play({
    fleet: ({ endpointConfigName }) => ({
      requestsPerMinute: REQUESTS_PER_MINUTE,
      ...(endpointConfigName !== champion.config && fleet),
    }),
  });
}

/** A release by hand that shifts, or deploys, in its own way. */
export async function releaseWith(story: Story, deploy: object): Promise<ToldRelease> {
  await startWith(story, deploy);
  return story.released();
}

export const startWith = (story: Story, deploy: object): Promise<string> =>
  story.start({ pipeline: 'flight-delay', fresh: true, overrides: { deploy } });

/** An alarm of the pipeline's owner, on a metric of the business; it stays as it is put. */
export async function ownersAlarm(story: Story, name: string): Promise<void> {
  await cloudwatch(story, 'PutMetricAlarm', {
    AlarmName: name,
    Namespace: 'Shop',
    MetricName: 'Conversion',
    Statistic: 'Average',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'ignore',
  });
  await putAlarm(story, name, 'OK');
}

export const putAlarm = (story: Story, name: string, state: 'OK' | 'ALARM'): Promise<unknown> =>
  cloudwatch(story, 'SetAlarmState', {
    AlarmName: name,
    StateValue: state,
    StateReason: `Conversion is ${state === 'OK' ? 'as ever' : 'down by half'}.`,
  });

const cloudwatch = (story: Story, operation: string, input: object): Promise<unknown> =>
  story.world.door.call({ service: 'cloudwatch', operation, input, caller: story.world.person });

/** The calls that roles made to SageMaker or CloudWatch, by what was asked. */
export const inputsOf = <Input>(story: Story, operation: string): Input[] =>
  story.calls.filter((call) => call.operation === operation).map(({ input }) => input as Input);

/** Lets time pass until the endpoint's diary says so. */
export async function until(story: Story, says: string): Promise<void> {
  const { clock } = story.world;
  await clock.runUntil(() => endpointDiary(story).some((line) => line.includes(says)), 24 * 3_600_000);
}

/** What SageMaker did to the endpoint, in its own words. */
export const endpointDiary = ({ world }: Story): string[] =>
  world.journal.entries
    .filter(({ subject }) => subject === `sagemaker/endpoint/${ENDPOINT}`)
    .map(({ what }) => what);
