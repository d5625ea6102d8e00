import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AwsError } from '../../../local/aws-error.ts';
import { openAccount } from '../support/open-account.ts';
import { Broken, Dynalite, type Verdict } from './support/dynalite.ts';
import { requests } from './support/requests.ts';
import { sortedTable } from './support/sorted-table.ts';

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
  const { world } = await openAccount();
  const dynalite = new Dynalite();
  let tables = 0;
  await fc.assert(
    fc.asyncProperty(requests, async (story) => {
      tables += 1;
      const TableName = `ledger-${tables}`;
      world.dynamodb.createTable(sortedTable(TableName, 'N'));
      await dynalite.createTable(sortedTable(TableName, 'N'));
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
}, 20_000);
