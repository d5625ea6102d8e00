import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Aws } from '../../aws.ts';
import type { CallCase, Json } from '../../case.ts';

/** A table with a partition key `pk` and a sort key `sk`, ready. */
const makeTable = async (aws: Aws): Promise<string> => {
  const dynamodb = aws.client(DynamoDBClient);
  const TableName = aws.name('table');
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Tags: aws.tags,
    }),
  );
  aws.later(`table ${TableName}`, () => dynamodb.send(new DeleteTableCommand({ TableName })));
  await aws.until(
    'the table is active',
    async () => {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
      return Table!.TableStatus === 'ACTIVE' ? true : undefined;
    },
    { minutes: 5 },
  );
  return TableName;
};

export const dynamoDbCases: readonly CallCase[] = [
  {
    id: 'dynamodb/conditional-writes',
    title: 'A conditional write happens once',
    service: 'dynamodb',
    asks: 'what conditional puts, updates and deletes answer when the condition holds and when not',
    assumed: '`ConditionalCheckFailedException`, “The conditional request failed”',
    cost: { usd: 0.0005, minutes: 2 },
    async run(aws) {
      const dynamodb = aws.client(DynamoDBClient);
      const TableName = await makeTable(aws);
      const Key = { pk: { S: 'turn' }, sk: { S: 'flight' } };
      const claim = (holder: string) =>
        dynamodb.send(
          new PutItemCommand({
            TableName,
            Item: { ...Key, holder: { S: holder }, n: { N: '1' } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      await claim('a');
      const second = await aws.refusal(claim('b'));
      const updated = await dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET n = n + :one, #l = list_append(if_not_exists(#l, :none), :some)',
          ConditionExpression: 'holder = :a',
          ExpressionAttributeNames: { '#l': 'list' },
          ExpressionAttributeValues: {
            ':one': { N: '1' },
            ':a': { S: 'a' },
            ':none': { L: [] },
            ':some': { L: [{ S: 'x' }] },
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      const wrongHolder = await aws.refusal(
        dynamodb.send(
          new DeleteItemCommand({
            TableName,
            Key,
            ConditionExpression: 'holder = :b',
            ExpressionAttributeValues: { ':b': { S: 'b' } },
          }),
        ),
      );
      const freed = await dynamodb.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
      const after = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return JSON.parse(
        JSON.stringify({
          second,
          updated: updated.Attributes,
          wrongHolder,
          freed: freed.Attributes,
          after: after.Item ?? null,
        }),
      ) as Json;
    },
  },
  {
    id: 'dynamodb/queries-and-refusals',
    title: 'A query goes by the sort key, in pages; faults are told',
    service: 'dynamodb',
    asks: 'order and paging of Query, texts of unknown tables and broken expressions',
    assumed: 'published texts',
    cost: { usd: 0.0005, minutes: 2 },
    async run(aws) {
      const dynamodb = aws.client(DynamoDBClient);
      const TableName = await makeTable(aws);
      for (const sk of ['b', 'a', 'c']) {
        await dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'p' }, sk: { S: sk } } }));
      }
      const query = (more: object) =>
        dynamodb.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :p',
            ExpressionAttributeValues: { ':p': { S: 'p' } },
            ...more,
          }),
        );
      const page = await query({ Limit: 2 });
      const rest = await query({ ExclusiveStartKey: page.LastEvaluatedKey });
      const back = await query({ ScanIndexForward: false, Limit: 1 });
      return {
        page: page.Items!.map(({ sk }) => sk!.S!),
        rest: rest.Items!.map(({ sk }) => sk!.S!),
        restHasMore: rest.LastEvaluatedKey !== undefined,
        back: back.Items!.map(({ sk }) => sk!.S!),
        unknownTable: await aws.refusal(
          dynamodb.send(new GetItemCommand({ TableName: aws.name('gone'), Key: { pk: { S: 'p' } } })),
        ),
        keyIncomplete: await aws.refusal(
          dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: 'p' } } })),
        ),
        brokenExpression: await aws.refusal(query({ KeyConditionExpression: 'pk =' })),
      };
    },
  },
];
