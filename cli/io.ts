import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { hasColour } from '../play/terminal/tree.ts';
import { EXIT } from './told.ts';

/** The outside of a command: where it writes, whom it asks, what time costs. */
export interface Io {
  /** The answer: text or one JSON document. */
  out(text: string): void;
  /** What happens meanwhile. */
  log(text: string): void;
  /** @returns undefined where nobody can answer */
  ask(question: string): Promise<string | undefined>;
  /** @returns early when somebody pressed Ctrl+C */
  pause(ms: number): Promise<void>;
  readonly stopped: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the answer. */
  readonly hasColour: boolean;
  /** Of what happens meanwhile. */
  readonly hasLogColour: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
  /** Who is at the keyboard, as the system names them. */
  readonly user: string;
}

/** This process: its streams, its environment, its Ctrl+C. */
export function processIo(): Io {
  const stopping = new AbortController();
  process.once('SIGINT', () => {
    stopping.abort();
    // Whoever waits ends now, with a word; whoever hangs in a call has no word to say.
    setTimeout(() => process.exit(EXIT.stopped), 1500).unref();
  });
  // Whoever reads may have read enough.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    log: (text) => void process.stderr.write(`${text}\n`),
    ask: (question) => askAtTerminal(question, stopping.signal),
    pause: (ms) => pause(ms, stopping.signal),
    stopped: stopping.signal,
    environment: process.env,
    hasColour: process.stdout.isTTY === true && hasColour(process.env),
    hasLogColour: process.stderr.isTTY === true && hasColour(process.env),
    columns: process.stdout.columns ?? 120,
    user: userName(),
  };
}

async function askAtTerminal(question: string, signal: AbortSignal): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // At a question Ctrl+C comes from the terminal's own reader, and means no.
  const closing = new AbortController();
  terminal.once('SIGINT', () => closing.abort());
  terminal.once('close', () => closing.abort());
  try {
    return await terminal.question(question, { signal: AbortSignal.any([signal, closing.signal]) });
  } catch {
    process.stderr.write('\n');
    return '';
  } finally {
    terminal.close();
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });

/** Some containers run as a user without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'somebody';
  }
}
