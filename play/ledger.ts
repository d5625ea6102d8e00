import type { ChosenSteps, Outcome, Plan } from '../functions/shared/generated/contracts.ts';
import type { World } from '../local/world.ts';

export interface LedgerRecord {
  /** Undefined until the release was planned. */
  readonly plan: Plan | undefined;
  /** What it meant to do with each step; undefined until it was planned, and of one that only deploys. */
  readonly steps: ChosenSteps | undefined;
  /** Undefined while the release runs. */
  readonly outcome: Outcome | undefined;
}

/**
 * What the ledger says of a release. One whose request was refused has no id and stands under its execution's name.
 * An execution that found nothing to do, or another at it, leaves no record: its output tells the outcome.
 */
export async function readRecord(world: World, release: Recorded): Promise<LedgerRecord> {
  const pk = `pipeline/${release.request.pipeline}`;
  const record = await read(world, pk, release.id);
  if (record.outcome) return record;
  const refused = await read(world, pk, release.execution.name);
  if (refused.outcome) return refused;
  const { output } = release.execution;
  return { ...record, outcome: output === undefined ? undefined : (JSON.parse(output) as Outcome) };
}

interface Recorded {
  readonly id: string;
  readonly request: { readonly pipeline: string };
  readonly execution: { readonly name: string; readonly output?: string };
}

async function read(world: World, pk: string, name: string): Promise<LedgerRecord> {
  const { Item } = (await world.door.call({
    service: 'dynamodb',
    operation: 'GetItem',
    input: {
      TableName: world.outputs.LedgerTableName,
      Key: { pk: { S: pk }, sk: { S: `release/${name}` } },
      ConsistentRead: true,
    },
    caller: world.person,
  })) as { Item?: Partial<Record<'detail' | 'plan' | 'steps', { S: string }>> };
  return {
    plan: Item?.plan && (JSON.parse(Item.plan.S) as Plan),
    steps: Item?.steps && (JSON.parse(Item.steps.S) as ChosenSteps),
    outcome: Item?.detail && (JSON.parse(Item.detail.S) as Outcome),
  };
}
