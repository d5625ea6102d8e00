import type { Outcome, Plan } from '../../../functions/shared/generated/contracts.ts';
import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../../../local/world.ts';

/** A state machine of the stack by its name without the stack's. */
export type Machine =
  | 'release'
  | 'train'
  | 'compile'
  | 'deploy'
  | 'weights'
  | 'shadow'
  | 'trial'
  | 'watch'
  | 'approve'
  | 'await'
  | 'take-turn'
  | 'pass-turn'
  | 'rollback'
  | 'settle'
  | 'collect'
  | 'wake';

/** A release that has ended, as its ledger, its executions and its topic tell it. */
export interface ToldRelease {
  readonly id: string;
  /** The endpoint config that it made, or meant to make; empty before it came to that. */
  readonly config: string;
  readonly execution: ExecutionView;
  /** What the ledger says in one word; undefined when it says nothing. */
  readonly outcome: string | undefined;
  readonly reasons: readonly string[];
  /** The outcome in full, as the ledger keeps it. */
  readonly detail: Outcome;
  readonly plan: Plan | undefined;
  /** What people were told, subject and text. */
  readonly notice: { readonly subject: string; readonly message: string };
  /** States entered in the release and the machines that it and they started, but for the Express one and the watch. */
  readonly transitions: number;
  /** The states of one of its machines, in the order in which they were entered. */
  states(machine: Machine): string[];
}

/**
 * @param endings how often it has ended: once more with each redrive
 * @throws Error when people were not told as often
 */
export async function tell(world: World, execution: ExecutionView, endings = 1): Promise<ToldRelease> {
  const parts = familyOf(world, execution);
  const records = await recordsOf(world, pipelineOf(execution));
  const record = records.find(({ executionArn }) => executionArn?.S === execution.arn);
  const notices = endingsTold(world, execution);
  if (notices.length !== endings) throw new Error(`${execution.name} was told ${notices.length} times.`);
  const { subject = '', message } = notices.at(-1)!;
  const detail: Outcome = JSON.parse(record?.detail?.S ?? '{}');
  return {
    config: detail.endpoint?.intendedConfig ?? '',
    id: record?.sk.S.replace('release/', '') ?? '',
    execution,
    outcome: record?.outcome?.S,
    reasons: JSON.parse(record?.reasons?.S ?? '[]'),
    detail,
    plan: record?.plan && JSON.parse(record.plan.S),
    notice: { subject, message },
    transitions: parts.flatMap(statesEntered).length,
    states: (machine) =>
      parts.filter(({ machineName }) => machineName.endsWith(`-${machine}`)).flatMap(statesEntered),
  };
}

/** What people were told of an execution's endings: neither questions, nor where others name it. */
export const endingsTold = (world: World, { arn }: ExecutionView) =>
  world.sns.published.filter(
    ({ subject = '', message }) =>
      message.split('\n').includes(`Execution: ${arn}`) && !subject.includes('needs an approval'),
  );

/** An execution and all that it, and what it started, started; a watch begins when the release has ended. */
export function familyOf(world: World, execution: ExecutionView): ExecutionView[] {
  const children = world.stepfunctions
    .executions()
    .filter(
      ({ parentArn, machineName }) => parentArn === execution.arn && !/-(wake|watch)$/.test(machineName),
    );
  return [execution, ...children.flatMap((child) => familyOf(world, child))];
}

const statesEntered = ({ history }: ExecutionView): string[] =>
  history
    .filter(({ type }) => type.endsWith('StateEntered'))
    .map(({ stateEnteredEventDetails }) => (stateEnteredEventDetails as { name: string }).name);

function pipelineOf({ input }: ExecutionView): string {
  const pipeline: unknown = JSON.parse(input)?.pipeline;
  return typeof pipeline === 'string' ? pipeline.slice(0, 63) : 'unknown';
}

type Item = Partial<Record<string, { S: string }>> & { sk: { S: string } };

/** Every release of a pipeline that the ledger knows. */
async function recordsOf(world: World, pipeline: string): Promise<Item[]> {
  const { Items } = (await world.door.call({
    service: 'dynamodb',
    operation: 'Query',
    input: {
      TableName: world.outputs.LedgerTableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pipeline AND begins_with(sk, :release)',
      ExpressionAttributeValues: {
        ':pipeline': { S: `pipeline/${pipeline}` },
        ':release': { S: 'release/' },
      },
    },
    caller: world.person,
  })) as { Items: Item[] };
  return Items;
}
