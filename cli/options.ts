import { parseArgs } from 'node:util';
import { nearest } from '../functions/shared/faults.ts';
import type { Command, Given, Values } from './command.ts';
import { UsageError } from './told.ts';

/** Options that every command takes. */
export const COMMON = {
  json: { type: 'boolean' },
  stage: { type: 'string' },
  region: { type: 'string' },
  profile: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @throws UsageError naming what is wrong and what was probably meant */
export function readGiven(command: Command, argv: readonly string[]): Given {
  const options = { ...COMMON, ...command.options };
  const { values, positionals: words } = parsed(command, argv, options);
  if (values.help) return { words, values };
  const { least, most, are } = command.words;
  if (words.length < least) throw new UsageError(`${command.name} needs ${are}.`, [moreOf(command)]);
  if (words.length > most) {
    throw new UsageError(
      `${command.name} takes ${most === 0 ? 'no names' : are}; ${shown(words.slice(most))} is too much.`,
      [moreOf(command)],
    );
  }
  return { words, values };
}

function parsed(
  command: Command,
  argv: readonly string[],
  options: Command['options'],
): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { values: values as Values, positionals };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw unknownOption(command, message, options);
    throw new UsageError(sentence(message), [moreOf(command)]);
  }
}

function unknownOption(command: Command, message: string, options: Command['options']): UsageError {
  const typed = /'(--?[^']+)'/.exec(message)?.[1] ?? 'option';
  const known = Object.keys(options);
  const near = nearest(typed.replace(/^-+/, ''), known);
  return new UsageError(`${command.name} has no option ${typed}${near ? `; did you mean --${near}?` : '.'}`, [
    `Options: ${known.map((name) => `--${name}`).join(', ')}`,
    moreOf(command),
  ]);
}

/** Node's first sentence; the rest speaks of its own ways out. */
const sentence = (message: string): string => `${message.split(/\. |\n/)[0]!.replace(/\.$/, '')}.`;

const shown = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ');

const moreOf = ({ name }: Command): string => `npx signalbox ${name} --help tells more.`;
