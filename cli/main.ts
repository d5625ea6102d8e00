/** `npx signalbox`: everything that people ask of a stack, against AWS or a local world. */
import { nearest } from '../functions/shared/faults.ts';
import type { Command, Context, Values } from './command.ts';
import { COMMANDS, HELP } from './commands.ts';
import { explained } from './explain.ts';
import { type Io, processIo } from './io.ts';
import { readGiven } from './options.ts';
import type { Stack } from './stack.ts';
import { pens } from './text/outcome.ts';
import { EXIT, type ExitCode, type Told, UsageError } from './told.ts';

/** @returns the process's exit code */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<ExitCode> {
  const json = argv.includes('--json');
  try {
    return await run(argv, io);
  } catch (error) {
    return tell(explained(error, io), io, json);
  }
}

async function run([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    const asked = COMMANDS.find((command) => command.name === rest[0]);
    io.out(asked?.help ?? HELP);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = commandNamed(name);
  const given = readGiven(command, rest);
  if (given.values.help) {
    io.out(command.help);
    return EXIT.done;
  }
  const { context, close } = contextOf(given.values, io);
  try {
    const answer = await command.run(given, context);
    io.out(given.values.json ? JSON.stringify(answer.document, null, 2) : answer.text);
    return answer.exitCode;
  } finally {
    await close();
  }
}

/** @throws UsageError with the nearest name */
function commandNamed(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = COMMANDS.map((command) => command.name);
  const near = nearest(name, names);
  throw new UsageError(
    name.startsWith('-')
      ? `The command comes first, then ${name}.`
      : `There is no command ${name}${near ? `; did you mean ${near}?` : '.'}`,
    [`Commands: ${names.join(', ')}`, 'npx signalbox --help tells what each does.'],
  );
}

function contextOf(values: Values, io: Io): { context: Context; close(): Promise<void> } {
  const text = (name: string): string | undefined => {
    const value = values[name];
    if (value === '') throw new UsageError(`--${name} is empty.`);
    return typeof value === 'string' ? value : undefined;
  };
  const stage = text('stage') ?? 'prod';
  const profile = text('profile');
  const region = text('region') ?? io.environment.AWS_REGION ?? io.environment.AWS_DEFAULT_REGION;
  let opened: Promise<Stack> | undefined;
  const context: Context = {
    io,
    stage,
    region,
    stack() {
      // Loaded late: half a second of SDK that checking files does not need.
      opened ??= import('./stack.ts').then(({ openStack }) => openStack({ io, stage, region, profile }));
      return opened;
    },
  };
  return { context, close: async () => (await opened?.catch(() => undefined))?.clients.close() };
}

function tell(told: Told, io: Io, json: boolean): ExitCode {
  const head = pens(io.hasLogColour).bad('error');
  io.log(`${head}: ${told.message}`);
  for (const hint of told.hints) io.log(`  ${hint}`);
  if (json) {
    const { name, message, hints, exitCode } = told;
    io.out(JSON.stringify({ error: { name, message, hints, exitCode } }, null, 2));
  }
  return told.exitCode;
}
