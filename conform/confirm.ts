import { createInterface } from 'node:readline/promises';
import type { Ground } from './aws.ts';
import { type Options, OptionsError } from './options.ts';

/** Where the person is asked. */
export interface Terminal {
  readonly isPerson: boolean;
  say(line: string): void;
  question(text: string): Promise<string>;
}

export const terminal: Terminal = {
  isPerson: process.stdin.isTTY === true,
  say: (line) => console.log(line),
  async question(text) {
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await lines.question(text);
    } finally {
      lines.close();
    }
  },
};

/**
 * Whether AWS may be asked: only if the account's id is typed, or `--yes` was given.
 *
 * @throws OptionsError if there is nobody to type it
 */
export const mayAsk = async (
  { cap, confirmed }: Pick<Options, 'cap' | 'confirmed'>,
  { accountId, region }: Pick<Ground, 'accountId' | 'region'>,
  { isPerson, say, question }: Terminal,
): Promise<boolean> => {
  say(`Account ${accountId} in ${region}; at most about ${cap.toFixed(2)} $ are spent.`);
  if (confirmed) return true;
  if (!isPerson) throw new OptionsError('Nobody is here to be asked: give --yes to go on without.');
  if ((await question('Type the account id to go on: ')).trim() === accountId) return true;
  say('Nothing was asked and nothing was spent.');
  return false;
};
