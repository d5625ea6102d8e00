import { beforeEach, describe, expect, test } from '@jest/globals';
import type { TableProperties } from '../../../local/services/dynamodb/table-properties.ts';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';
import { sortedTable } from './support/sorted-table.ts';

const properties: TableProperties = {
  ...sortedTable('ledger', 'S'),
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
};

let world: World;
let call: Account['call'];
let table: { name: string; arn: string };
beforeEach(async () => {
  ({ world, call } = await openAccount());
  table = world.dynamodb.createTable(properties);
});

const dynamodb = (operation: string, input: object) => call(operation, { TableName: 'ledger', ...input });

const key = (pk: string, sk = 'me') => ({ pk: { S: pk }, sk: { S: sk } });

test('a table is there at once', async () => {
  expect(table).toEqual({ name: 'ledger', arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/ledger' });
  expect((await dynamodb('DescribeTable', {})).Table.TableStatus).toBe('ACTIVE');
});

describe('a conditional write', () => {
  test('happens once, whoever else asks', async () => {
    const claim = {
      Item: { ...key('intent/1'), owner: { S: 'a' } },
      ConditionExpression: 'attribute_not_exists(pk)',
    };

    expect(await dynamodb('PutItem', claim)).toEqual({});
    await expect(dynamodb('PutItem', claim)).rejects.toMatchObject({
      code: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      statusCode: 400,
    });
  });

  test('is won by whoever asked first, also at one moment', async () => {
    const take = (holder: string) =>
      dynamodb('UpdateItem', {
        Key: key('turn/endpoint'),
        UpdateExpression: 'SET holder = :me ADD fence :one',
        ConditionExpression: 'attribute_not_exists(holder)',
        ExpressionAttributeValues: { ':me': { S: holder }, ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      }).then(
        ({ Attributes }) => Attributes.fence.N as string,
        ({ code }: { code: string }) => code,
      );

    const answers = await Promise.all(['a', 'b', 'c'].map(take));

    expect(answers).toEqual(['1', 'ConditionalCheckFailedException', 'ConditionalCheckFailedException']);
    const { Item } = await dynamodb('GetItem', { Key: key('turn/endpoint'), ConsistentRead: true });
    expect(Item.holder).toEqual({ S: 'a' });
  });
});

test('a mailbox remembers what it held before', async () => {
  await dynamodb('PutItem', { Item: { ...key('endpoint/x'), note: { S: 'rang' } } });

  const armed = await dynamodb('PutItem', { Item: key('endpoint/x'), ReturnValues: 'ALL_OLD' });

  expect(armed.Attributes.note).toEqual({ S: 'rang' });
});

test('items are found by key, in order, and go', async () => {
  for (const sk of ['b', 'a', 'c']) await dynamodb('PutItem', { Item: key('endpoint/x', sk) });
  await dynamodb('PutItem', { Item: key('endpoint/y', 'z') });
  await dynamodb('DeleteItem', { Key: key('endpoint/x', 'b') });

  const found = await dynamodb('Query', {
    KeyConditionExpression: 'pk = :subject',
    ExpressionAttributeValues: { ':subject': { S: 'endpoint/x' } },
    ConsistentRead: true,
  });

  expect(found).toEqual({
    Count: 2,
    ScannedCount: 2,
    Items: [key('endpoint/x', 'a'), key('endpoint/x', 'c')],
  });
});

test.each<[operation: string, input: object, code: string, message: string]>([
  [
    'GetItem',
    { TableName: 'none', Key: key('a') },
    'ResourceNotFoundException',
    'Requested resource not found',
  ],
  [
    'GetItem',
    { Key: { pk: { S: 'a' } } },
    'ValidationException',
    'The provided key element does not match the schema',
  ],
  [
    'UpdateItem',
    { Key: key('a'), UpdateExpression: 'SET token = :t', ExpressionAttributeValues: { ':t': { S: 'x' } } },
    'ValidationException',
    'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: token',
  ],
])('%s refuses %j', async (operation, input, code, message) => {
  await expect(dynamodb(operation, input)).rejects.toMatchObject({ code, message });
});

test('the clock stands still while the database works', async () => {
  let isDone = false;
  world.clock.at(world.clock.now() + 1_000, () => {});
  void dynamodb('PutItem', { Item: key('a') }).then(() => {
    isDone = true;
    expect(world.clock.now()).toBe(Date.parse('2026-03-02T09:00:00Z'));
  });
  await world.clock.advance(2_000);

  expect(isDone).toBe(true);
});
