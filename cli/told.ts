/** What the process ends with; docs/cli.md tells them to people. */
export const EXIT = {
  /** Done as asked; with --wait: the release ended LIVE or DELIVERED. */
  done: 0,
  /** The answer is no: another outcome, a fault in a pipeline file, nothing rolled back. */
  no: 1,
  /** The command itself is wrong. */
  usage: 2,
  /** AWS could not be asked, or refused. */
  aws: 3,
  /** Ctrl+C. */
  stopped: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something that a person can act on: told without a stack. */
export class Told extends Error {
  override readonly name: string = 'Told';
  readonly exitCode: ExitCode;
  /** What to do about it, one line each. */
  readonly hints: readonly string[];

  constructor(exitCode: ExitCode, message: string, hints: readonly string[] = []) {
    super(message);
    this.exitCode = exitCode;
    this.hints = hints;
  }
}

/** The command is wrong. */
export class UsageError extends Told {
  override readonly name = 'UsageError';

  constructor(message: string, hints: readonly string[] = []) {
    super(EXIT.usage, message, hints);
  }
}

/** AWS could not be asked, or refused. */
export class AwsTold extends Told {
  override readonly name = 'AwsError';

  constructor(message: string, hints: readonly string[] = []) {
    super(EXIT.aws, message, hints);
  }
}
