import { expect, test } from '@jest/globals';
import { openAccount } from '../support/open-account.ts';
import { functionZip, roleArn } from './function-zip.ts';

test('at one moment the database comes first and the function after it, however fast the machine is', async () => {
  const { world, call } = await openAccount();
  world.dynamodb.createTable({
    TableName: 'ledger',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
  const quick = world.lambda.createFunction({
    name: 'quick',
    zipPath: functionZip({ 'index.mjs': 'export const handler = async () => 1;' }),
    handler: 'index.handler',
    roleArn,
  });

  const stories = new Set<string>();
  for (let time = 0; time < 30; time += 1) {
    const story: string[] = [];
    const invoked = world.lambda.run(quick, '{}').then(() => story.push('function'));
    const written = (async () => {
      for (const step of ['first', 'second', 'third']) {
        const input = { TableName: 'ledger', Item: { pk: { S: step } } };
        await call('PutItem', input);
        story.push(step);
      }
    })();
    await Promise.all([invoked, written]);
    stories.add(story.join(' '));
  }

  expect([...stories]).toEqual(['first second third function']);
});
