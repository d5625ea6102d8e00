import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import { executionsOf } from './rollbacks.ts';
import { ENDPOINT, type Story } from './story.ts';
import type { ToldRelease } from './told-release.ts';

export interface WatchAnswer {
  readonly outcome: string;
  readonly config: string;
  readonly previous: string;
  readonly servedConfig: string;
  readonly reasons: readonly string[];
  readonly notes: readonly string[];
  readonly cleanedUp: readonly string[];
}

/** The watch over what a release, or a config by its name, made live. */
export const watchOf = (story: Story, config: string): ExecutionView =>
  executionsOf(story, 'watch').find(({ name }) => name === `${config}-watch`)!;

/** Lets time pass until the watch is over. */
export async function watched(story: Story, { config }: Pick<ToldRelease, 'config'>): Promise<WatchAnswer> {
  const { status, output } = await story.ended(watchOf(story, config).arn);
  expect(status).toBe('SUCCEEDED');
  return JSON.parse(output!) as WatchAnswer;
}

/** Standard transitions of the watch and of what it waited in; a rollback is counted for itself. */
export const watchTransitions = (story: Story, config: string): number =>
  statesOf(watchOf(story, config)).length +
  childrenOf(story, watchOf(story, config), 'await').flatMap(statesOf).length;

/** The executions of a machine that another has started. */
export const childrenOf = (story: Story, parent: ExecutionView, machine: string): ExecutionView[] =>
  executionsOf(story, machine).filter(
    ({ input }) => JSON.parse(input).AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID === parent.arn,
  );

export const statesOf = ({ history }: ExecutionView): string[] =>
  history
    .filter(({ type }) => type.endsWith('StateEntered'))
    .map(({ stateEnteredEventDetails }) => (stateEnteredEventDetails as { name: string }).name);

/** For some hours SageMaker measures that half of what the config's fleet answers is an error. */
export function breaks(story: Story, config: string, hours = 6): void {
  const { clock, cloudwatch } = story.world;
  const errors = cloudwatch.series('AWS/SageMaker', 'Invocation5XXErrors', {
    EndpointName: ENDPOINT,
    VariantName: 'main',
    EndpointConfigName: config,
  });
  for (let minute = 1; minute <= hours * 60; minute += 1) {
    clock.at(clock.now() + minute * 60_000, () => errors.record(0.5, clock.now(), 100), { background: true });
  }
}

/** The ledger's lines of who is watched. */
export const watches = (story: Story): Record<string, string>[] =>
  story.world.dynamodb
    .table(story.world.outputs.LedgerTableName!)
    .partition({ pk: { S: 'watch' }, sk: { S: '' } })
    .map((item) =>
      Object.fromEntries(
        Object.entries(item).map(([key, value]) => [key, Object.values(value!)[0] as string]),
      ),
    );

export const watchNotices = (story: Story): string[] =>
  story.world.sns.published
    .filter(({ subject }) => subject?.startsWith(`Signalbox: watch of ${ENDPOINT}`))
    .map(({ subject, message }) => `${subject}\n${message}`);

/** So many releases gone live one after the other, each with other settings than the pipeline's for its deployment. */
export async function releasesWith(story: Story, count: number, deploy: object): Promise<ToldRelease[]> {
  const live: ToldRelease[] = [];
  for (let index = 0; index < count; index += 1) {
    await story.start({ pipeline: 'flight-delay', fresh: true, overrides: { deploy } });
    const release = await story.released();
    expect(release.outcome).toBe('LIVE');
    await story.pass({ minutes: 5 });
    live.push(release);
  }
  return live;
}
