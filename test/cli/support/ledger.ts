import type { World } from '../../../local/world.ts';

/** Writes an item of texts into the stack's ledger, as a state machine would have. */
export async function write(world: World, pk: string, sk: string, texts: Readonly<Record<string, string>>) {
  const attributes = Object.entries({ pk, sk, ...texts }).map(([name, S]) => [name, { S }]);
  await world.door.call({
    service: 'dynamodb',
    operation: 'PutItem',
    input: { TableName: world.outputs.LedgerTableName, Item: Object.fromEntries(attributes) },
    caller: world.person,
  });
}

export const RELEASE = 'flight-delay-2603020900-3f9a1c42';
export const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:signalbox-prod-release:one';
export const packageArn = (version: number): string =>
  `arn:aws:sagemaker:eu-west-1:123456789012:model-package/flight-delay/${version}`;

/** A release that waits for a person, as the status tells it. */
export async function writeWaiting(world: World): Promise<void> {
  await write(world, 'running', EXECUTION, {
    pipeline: 'flight-delay',
    release: RELEASE,
    startedAt: '2026-03-02T09:00:00.000Z',
  });
  await write(world, 'pipeline/flight-delay', `release/${RELEASE}`, {
    outcome: 'RUNNING',
    startedAt: '2026-03-02T09:00:00.000Z',
    trigger: '{"kind":"image","detail":"flight-delay:stable"}',
    waitingFor: 'approval until 2026-03-05 09:31 UTC',
    packageArn: packageArn(1),
    executionArn: EXECUTION,
  });
}

/** What an endpoint served, the oldest first. */
export async function writeLive(world: World, ...releases: readonly string[]): Promise<void> {
  for (const [at, release] of releases.entries()) {
    const time = `2026-03-0${at + 1}T09:00:00.000Z`;
    await write(world, 'live/flight-delay', `${time}#00000000`, {
      pipeline: 'flight-delay',
      release,
      config: `${release}-r0`,
      packageArn: packageArn(at + 1),
      at: time,
    });
  }
}

/** One of the releases that went live was cleaned up by rule. */
export async function writeRemoved(world: World, release: string): Promise<void> {
  const table = world.dynamodb.table(world.outputs.LedgerTableName!);
  for (const item of table.partition({ pk: { S: 'live/flight-delay' }, sk: { S: '' } })) {
    if ((item.release as { S: string }).S !== release) continue;
    await world.door.call({
      service: 'dynamodb',
      operation: 'UpdateItem',
      input: {
        TableName: world.outputs.LedgerTableName,
        Key: { pk: item.pk, sk: item.sk },
        UpdateExpression: 'SET removed = :yes',
        ExpressionAttributeValues: { ':yes': { BOOL: true } },
      },
      caller: world.person,
    });
  }
}

/** A release over which a watch stands by for a day. */
export const writeWatch = (world: World, release: string, previous: string): Promise<void> =>
  write(world, 'watch', `flight-delay/${release}-r0`, {
    pipeline: 'flight-delay',
    release,
    previous,
    until: '2026-03-03T09:00:00.000Z',
    executionArn: EXECUTION.replace('-release:', '-watch:'),
  });
