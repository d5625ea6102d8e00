import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, openAccount } from '../support/open-account.ts';

let dynamodb: Account['call'];
beforeEach(async () => {
  const { world, call } = await openAccount();
  dynamodb = call;
  for (const TableName of ['one', 'other']) {
    world.dynamodb.createTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    });
    for (const pk of ['a', 'b'])
      await dynamodb('PutItem', { TableName, Item: { ...key(pk), said: { S: `${pk} of ${TableName}` } } });
  }
});

const key = (pk: string) => ({ pk: { S: pk } });

describe('a batch of reads', () => {
  test('gives what is there, of each table, and leaves out what is not', async () => {
    const { Responses, UnprocessedKeys } = await dynamodb('BatchGetItem', {
      RequestItems: {
        one: { Keys: [key('a'), key('c')] },
        other: { Keys: [key('b')], ProjectionExpression: 'said' },
      },
    });

    expect(Responses).toEqual({
      one: [{ ...key('a'), said: { S: 'a of one' } }],
      other: [{ said: { S: 'b of other' } }],
    });
    expect(UnprocessedKeys).toEqual({});
  });

  test('tells what it consumed, half as much without consistency', async () => {
    const { ConsumedCapacity } = await dynamodb('BatchGetItem', {
      RequestItems: { one: { Keys: [key('a'), key('b')] } },
      ReturnConsumedCapacity: 'TOTAL',
    });

    expect(ConsumedCapacity).toEqual([{ TableName: 'one', CapacityUnits: 1 }]);
  });

  test('is refused with a key that stands in it twice', async () => {
    const twice = dynamodb('BatchGetItem', { RequestItems: { one: { Keys: [key('a'), key('a')] } } });

    await expect(twice).rejects.toThrow('Provided list of item keys contains duplicates');
  });

  test('is refused with more than a hundred keys, and of a table that is not there', async () => {
    const Keys = Array.from({ length: 51 }, (_, index) => key(`k${index}`));

    const tooMany = dynamodb('BatchGetItem', { RequestItems: { one: { Keys }, other: { Keys } } });
    const nowhere = dynamodb('BatchGetItem', { RequestItems: { nowhere: { Keys: [key('a')] } } });

    await expect(tooMany).rejects.toThrow('Too many items requested');
    await expect(nowhere).rejects.toThrow('Requested resource not found');
  });
});
