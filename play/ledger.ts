import type { Outcome, Plan } from '../functions/shared/generated/contracts.ts';
import type { World } from '../local/world.ts';

export interface LedgerRecord {
  /** Undefined until the release was planned. */
  readonly plan: Plan | undefined;
  /** Undefined while the release runs. */
  readonly outcome: Outcome | undefined;
}

/** What the ledger says of a release. */
export async function readRecord(world: World, pipeline: string, releaseId: string): Promise<LedgerRecord> {
  const { Item } = (await world.door.call({
    service: 'dynamodb',
    operation: 'GetItem',
    input: {
      TableName: world.outputs.LedgerTableName,
      Key: { pk: { S: `pipeline/${pipeline}` }, sk: { S: `release/${releaseId}` } },
      ConsistentRead: true,
    },
    caller: world.person,
  })) as { Item?: { detail?: { S: string }; plan?: { S: string } } };
  return {
    plan: Item?.plan && (JSON.parse(Item.plan.S) as Plan),
    outcome: Item?.detail && (JSON.parse(Item.detail.S) as Outcome),
  };
}
