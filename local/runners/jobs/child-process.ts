import { type ChildProcess as NodeChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

const KEPT_LINES = 200;
const LAST_OUTPUT_LINES = 12;
const LAST_OUTPUT_CHARACTERS = 900;

/** A shell's exit code for a program that could not be started. */
const NOT_STARTED = 127;

/** A container's process with all it starts: one process group, which ends as one. */
export class ChildProcess {
  /** The exit code, or as a shell has it 128 plus the signal's number. */
  readonly exited: Promise<number>;
  readonly #child: NodeChildProcess;
  readonly #lines: string[] = [];

  constructor(command: Command, onLine: (line: string) => void) {
    this.#child = spawn(command.program, [...command.arguments], {
      cwd: command.directory,
      env: { ...command.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const read = (stream: Readable): void => {
      createInterface({ input: stream }).on('line', (line) => {
        this.#lines.push(line);
        if (this.#lines.length > KEPT_LINES) this.#lines.shift();
        onLine(line);
      });
    };
    read(this.#child.stdout!);
    read(this.#child.stderr!);
    this.exited = this.#untilExited();
  }

  /** Undefined if it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  get lastLines(): readonly string[] {
    return this.#lines;
  }

  /** The end of the output in one text: what explains a crash. */
  get lastOutput(): string {
    const text = this.#lines.slice(-LAST_OUTPUT_LINES).join('\n').trim();
    return text.slice(-LAST_OUTPUT_CHARACTERS);
  }

  /** SIGTERM to the first process alone, which must pass it on: that is what stopping a container does. */
  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  /** SIGKILL to the whole group. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    if (process.platform === 'win32') {
      this.#child.kill('SIGKILL');
      return;
    }
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody of the group is left.
    }
  }

  #untilExited(): Promise<number> {
    return new Promise((resolve) => {
      let exitCode = NOT_STARTED;
      this.#child.on('error', (error) => {
        this.#lines.push(error.message);
        if (this.#child.pid === undefined) resolve(NOT_STARTED);
      });
      this.#child.on('exit', (code, signal) => {
        exitCode = code ?? 128 + constants.signals[signal!];
        // A container ends with its first process; what that left running would keep its output open.
        this.kill();
      });
      this.#child.on('close', () => resolve(exitCode));
    });
  }
}
