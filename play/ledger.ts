import type { Outcome } from '../functions/shared/generated/contracts.ts';
import type { World } from '../local/world.ts';

/** What the ledger says of a release; undefined while it runs. */
export async function readOutcome(world: World, pipeline: string, releaseId: string): Promise<Outcome | undefined> {
  const { Item } = (await world.door.call({
    service: 'dynamodb',
    operation: 'GetItem',
    input: {
      TableName: world.outputs.LedgerTableName,
      Key: { pk: { S: `pipeline/${pipeline}` }, sk: { S: `release/${releaseId}` } },
      ConsistentRead: true,
    },
    caller: world.person,
  })) as { Item?: { detail?: { S: string } } };
  return Item?.detail ? (JSON.parse(Item.detail.S) as Outcome) : undefined;
}
