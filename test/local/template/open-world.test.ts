import { existsSync } from 'node:fs';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { standInOf } from '../../../local/door.ts';
import { modelOf, serviceNames } from '../../../local/models/model.ts';
import { openWorld, type WorldOptions } from '../../../local/open-world.ts';

import { accessKeyOf } from '../../../local/services/lambda/access-key.ts';
import type { World } from '../../../local/world.ts';
import { packageFixture } from './fixture-package.ts';

const worlds: World[] = [];

const open = async (options: WorldOptions = {}): Promise<World> => {
  const world = await openWorld({ packageDirectory: packageFixture(), ...options });
  worlds.push(world);
  return world;
};

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const client = (world: World, accessKeyId: string): SFNClient =>
  new SFNClient({
    endpoint: world.endpointUrl,
    region: world.region,
    credentials: { accessKeyId, secretAccessKey: 'local' },
    maxAttempts: 1,
  });

/** An upload goes to the queue and to a machine, which asks a function and writes into the table. */
const upload = async (world: World): Promise<void> => {
  world.s3.put(world.resources.DataBucket!, 'incoming/flights.csv', 'a,b');
  await world.clock.advance(60_000);
};

test('runs a packaged stack from an upload to the last write', async () => {
  const world = await open();

  await upload(world);

  const [execution] = world.stepfunctions.executions();
  expect(execution).toMatchObject({ machineName: 'echo', status: 'SUCCEEDED' });
  expect(JSON.parse(execution!.output!)).toEqual({
    key: 'incoming/flights.csv',
    table: world.resources.Ledger,
  });
  const stored = await world.door.call({
    service: 'dynamodb',
    operation: 'GetItem',
    input: { TableName: world.resources.Ledger, Key: { pk: { S: 'incoming/flights.csv' } } },
    caller: world.person,
  });
  expect(stored).toEqual({ Item: { pk: { S: 'incoming/flights.csv' } } });
  expect(world.sqs.messages('fixture-test-events')).toEqual([]);
});

test('leaves the same journal twice with the same seed', async () => {
  const first = await open({ seed: 7 });
  const second = await open({ seed: 7 });
  await upload(first);
  await upload(second);

  expect(first.journal.text()).toMatch(
    /^2026-03-02T09:00:00\.000Z world opens fixture-test with seed 7, template [0-9a-f]{16}\n/,
  );
  expect(second.journal.text()).toBe(first.journal.text());
});

test('answers SDK clients by the role whose key they hold', async () => {
  const world = await open();
  const person = client(world, 'test');
  const rule = client(world, accessKeyOf(`arn:aws:iam::${world.accountId}:role/${world.resources.RuleRole}`));
  const start = new StartExecutionCommand({
    stateMachineArn: world.outputs.Machine,
    input: '{"key":"by hand"}',
  });

  const { executionArn } = await rule.send(start);
  await world.clock.advance(1000);

  await expect(rule.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      `is not authorized to perform: states:DescribeExecution on resource: ${executionArn}`,
    ),
  });
  expect(await person.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    status: 'SUCCEEDED',
  });
  person.destroy();
  rule.destroy();
});

test('tells what each role did', async () => {
  const world = await open();

  await upload(world);

  const machineRole = `arn:aws:iam::${world.accountId}:role/${world.resources.MachineRole}`;
  const used = { roleArn: machineRole, count: 1, refused: 0 };
  expect(world.door.usage().filter(({ roleArn }) => roleArn === machineRole)).toEqual([
    { ...used, action: 'dynamodb:PutItem', resource: expect.stringContaining(':table/') },
    { ...used, action: 'lambda:InvokeFunction', resource: expect.stringContaining(':function:') },
  ]);
});

test("checks the input of every operation by AWS's model", async () => {
  const world = await open();
  const unchecked = serviceNames.flatMap((name) =>
    Object.keys(standInOf(world, name).operations)
      .filter((operation) => modelOf(name).operation(operation) === undefined)
      .map((operation) => `${name} ${operation}`),
  );

  // One that is missing belongs into `local/models/operations.ts`.
  expect(unchecked).toEqual([]);
});

test('takes its files away when it is closed, unless they have a place of their own', async () => {
  const world = await open();
  expect(existsSync(world.directory)).toBe(true);

  await world.close();

  expect(existsSync(world.directory)).toBe(false);
});

test('refuses a time that is none', async () => {
  await expect(open({ now: 'yesterday' })).rejects.toThrow(
    '`now` must be an ISO-8601 time, not "yesterday".',
  );
});
