import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AwsError } from '../../../local/aws-error.ts';
import { openEmptyWorld } from '../../../local/open-world.ts';
import type { TableProperties } from '../../../local/services/dynamodb/table-properties.ts';
import { Broken, Dynalite, type Verdict } from './support/dynalite.ts';
import { requests } from './support/requests.ts';

const properties = (TableName: string): TableProperties => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
});

const verdictOf = async (work: () => unknown): Promise<Verdict> => {
  try {
    return { output: JSON.parse(JSON.stringify(await work())) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { code: error.code, message: error.message };
  }
};

/** What a syntax error names is each implementation's own. */
const told = ({ message, ...verdict }: Verdict): Verdict => ({
  ...verdict,
  ...(message !== undefined && { message: message.replace(/(Syntax error;).*/s, '$1') }),
});

test('answers and refuses as dynalite does', async () => {
  const world = await openEmptyWorld();
  const dynalite = new Dynalite();
  let tables = 0;
  await fc.assert(
    fc.asyncProperty(requests, async (story) => {
      tables += 1;
      const TableName = `ledger-${tables}`;
      world.dynamodb.createTable(properties(TableName));
      await dynalite.createTable(properties(TableName));
      for (const { operation, input } of story) {
        const asked = JSON.parse(JSON.stringify({ TableName, ...input }));
        const ours = await verdictOf(() => world.dynamodb.operations[operation]!(asked, world.person));
        const theirs = await dynalite.call(operation, asked).catch((error) => error);
        if (theirs instanceof Broken) return;
        expect({ operation, asked, ...told(ours) }).toEqual({ operation, asked, ...told(theirs) });
      }
    }),
    {
      numRuns: Number(process.env.RUNS ?? 100),
      seed: process.env.SEED ? Number(process.env.SEED) : undefined,
    },
  );
  await world.close();
}, 20_000);
