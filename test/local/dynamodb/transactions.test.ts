import { beforeEach, describe, expect, test } from '@jest/globals';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';

let world: World;
let dynamodb: Account['call'];
beforeEach(async () => {
  ({ world, call: dynamodb } = await openAccount());
  world.dynamodb.createTable({
    TableName: 'ledger',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
});

const transact = (items: object[], more: object = {}) =>
  dynamodb('TransactWriteItems', { TransactItems: items, ...more });

const key = (pk: string) => ({ pk: { S: pk } });
const put = (pk: string, more: object = {}) => ({ Put: { TableName: 'ledger', Item: key(pk), ...more } });
const count = (pk: string) => ({
  Update: {
    TableName: 'ledger',
    Key: key(pk),
    UpdateExpression: 'ADD held :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  },
});
const names = async () => {
  const { Items } = await dynamodb('Scan', { TableName: 'ledger' });
  return Items.map(({ pk }: { pk: { S: string } }) => pk.S).sort();
};

describe('a transaction', () => {
  test('writes everything or nothing, and says which write was in the way', async () => {
    await transact([put('a'), count('b')]);
    const refused = transact([
      put('c'),
      put('a', {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
      { Delete: { TableName: 'ledger', Key: key('b') } },
    ]);

    await expect(refused).rejects.toMatchObject({
      code: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]',
      members: {
        CancellationReasons: [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: key('a') },
          { Code: 'None' },
        ],
      },
    });
    expect(await names()).toEqual(['a', 'b']);
  });

  test('checks without writing', async () => {
    const check = {
      ConditionCheck: { TableName: 'ledger', Key: key('a'), ConditionExpression: 'attribute_exists(pk)' },
    };
    await expect(transact([check, put('b')])).rejects.toMatchObject({ code: 'TransactionCanceledException' });
    await dynamodb('PutItem', { TableName: 'ledger', Item: key('a') });
    await transact([check, put('b')]);

    expect(await names()).toEqual(['a', 'b']);
  });

  test('is done once under its token for ten minutes', async () => {
    const token = { ClientRequestToken: 'once' };
    await transact([count('a')], token);
    await transact([count('a')], token);
    await expect(transact([count('b')], token)).rejects.toMatchObject({
      code: 'IdempotentParameterMismatchException',
    });
    await world.clock.advance(600_000);
    await transact([count('a')], token);

    const { Item } = await dynamodb('GetItem', { TableName: 'ledger', Key: key('a') });
    expect(Item.held).toEqual({ N: '2' });
  });

  test.each([
    [
      'two writes on one item',
      [put('a'), count('a')],
      'Transaction request cannot include multiple operations on one item',
    ],
    [
      'two writes in one place',
      [{ ...put('a'), ...count('b') }],
      'TransactItems can only contain one of Check, Put, Update or Delete',
    ],
  ])('refuses %s', async (_what, items, message) => {
    await expect(transact(items)).rejects.toMatchObject({ code: 'ValidationException', message });
  });

  test('tells what cannot be written as the reason of its end', async () => {
    await dynamodb('PutItem', { TableName: 'ledger', Item: { ...key('a'), held: { S: 'text' } } });

    await expect(transact([count('a')])).rejects.toMatchObject({
      members: {
        CancellationReasons: [
          {
            Code: 'ValidationError',
            Message: 'An operand in the update expression has an incorrect data type',
          },
        ],
      },
    });
  });
});

test('a failed condition shows what stands there to who asks', async () => {
  const item = { ...key('a'), owner: { S: 'me' } };
  await dynamodb('PutItem', { TableName: 'ledger', Item: item });

  const claim = dynamodb('PutItem', {
    TableName: 'ledger',
    Item: key('a'),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });

  await expect(claim).rejects.toMatchObject({
    code: 'ConditionalCheckFailedException',
    members: { Item: item },
  });
});

test('members of a list go by the places they had', async () => {
  const rows = { L: ['0', '1', '2', '3'].map((N) => ({ N })) };
  await dynamodb('PutItem', { TableName: 'ledger', Item: { ...key('a'), kept: rows } });

  const { Attributes } = await dynamodb('UpdateItem', {
    TableName: 'ledger',
    Key: key('a'),
    UpdateExpression: 'REMOVE kept[0], kept[2] SET kept[1] = :new',
    ExpressionAttributeValues: { ':new': { S: 'new' } },
    ReturnValues: 'ALL_NEW',
  });

  expect(Attributes.kept).toEqual({ L: [{ S: 'new' }, { N: '3' }] });
});

test('numbers are exact, and what DynamoDB cannot keep is refused', async () => {
  const add = async (value: string, more: string) => {
    await dynamodb('PutItem', { TableName: 'ledger', Item: { ...key('a'), held: { N: value } } });
    const { Attributes } = await dynamodb('UpdateItem', {
      TableName: 'ledger',
      Key: key('a'),
      UpdateExpression: 'SET held = held + :more',
      ExpressionAttributeValues: { ':more': { N: more } },
      ReturnValues: 'UPDATED_NEW',
    });
    return Attributes.held.N;
  };

  expect(await add('0.1', '0.2')).toBe('0.3');
  expect(await add('12345678901234567890123456789012345678', '-1')).toBe(
    '12345678901234567890123456789012345677',
  );
  expect(await add('-1.50e2', '1E-3')).toBe('-149.999');
  await expect(add('1e126', '0')).rejects.toThrow('Number overflow.');
  await expect(add('1e-131', '0')).rejects.toThrow('Number underflow.');
  await expect(add('1234567890123456789012345678901234567890.1', '0')).rejects.toThrow(
    'more than 38 significant digits',
  );
  await expect(add('one', '0')).rejects.toThrow('The parameter cannot be converted to a numeric value: one');
});

test('a scan and a query come in pages', async () => {
  for (const pk of ['a', 'b', 'c']) await dynamodb('PutItem', { TableName: 'ledger', Item: key(pk) });

  const found: unknown[] = [];
  let start: object | undefined;
  do {
    const page = await dynamodb('Scan', {
      TableName: 'ledger',
      Limit: 2,
      ...(start && { ExclusiveStartKey: start }),
    });
    found.push(...page.Items);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);

  expect(found).toHaveLength(3);
});

test('an index holds what has its key, in its order', async () => {
  await dynamodb('CreateTable', {
    TableName: 'indexed',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'kind', 'moment'].map((AttributeName) => ({
      AttributeName,
      AttributeType: AttributeName === 'moment' ? 'N' : 'S',
    })),
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-kind',
        KeySchema: [
          { AttributeName: 'kind', KeyType: 'HASH' },
          { AttributeName: 'moment', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  const item = (pk: string, at: string) => ({ ...key(pk), kind: { S: 'release' }, moment: { N: at } });
  for (const [pk, at] of [
    ['a', '10'],
    ['b', '9'],
    ['c', '100'],
  ] as const) {
    await dynamodb('PutItem', { TableName: 'indexed', Item: { ...item(pk, at), more: { S: 'x' } } });
  }
  await dynamodb('PutItem', { TableName: 'indexed', Item: key('without') });

  const { Items } = await dynamodb('Query', {
    TableName: 'indexed',
    IndexName: 'by-kind',
    KeyConditionExpression: 'kind = :kind AND moment >= :from',
    ExpressionAttributeValues: { ':kind': { S: 'release' }, ':from': { N: '9.5' } },
  });

  expect(Items).toEqual([item('a', '10'), item('c', '100')]);
});

test('a protected table stays', async () => {
  world.dynamodb.createTable({
    TableName: 'kept',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    DeletionProtectionEnabled: true,
  });

  await expect(dynamodb('DeleteTable', { TableName: 'kept' })).rejects.toMatchObject({
    code: 'ValidationException',
  });
  await dynamodb('DeleteTable', { TableName: 'ledger' });
  expect(await dynamodb('ListTables', {})).toEqual({ TableNames: ['kept'] });
});
