import type { ParseArgsOptionDescriptor } from 'node:util';
import type { Io } from './io.ts';
import type { Stack } from './stack.ts';
import type { ExitCode } from './told.ts';

/** What was typed, by option. */
export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface Given {
  /** What stands without an option, in order. */
  readonly words: readonly string[];
  readonly values: Values;
}

/** The world that a command acts on. */
export interface Context {
  readonly io: Io;
  readonly stage: string;
  /** As told by --region or the environment; undefined where neither says. */
  readonly region: string | undefined;
  /** Opened when it is first needed: checking files and asking for help need no AWS. */
  stack(): Promise<Stack>;
}

/** How a command ends: one document for programs, the same in words for people. */
export interface Answer {
  readonly exitCode: ExitCode;
  readonly document: unknown;
  readonly text: string;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows `npx signalbox`, and all that is to be known. */
  readonly help: string;
  readonly options: Readonly<Record<string, ParseArgsOptionDescriptor>>;
  /** How many words it takes. */
  readonly words: { readonly least: number; readonly most: number; readonly are: string };
  run(given: Given, context: Context): Promise<Answer>;
}
