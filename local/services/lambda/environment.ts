import type { Ask } from '../../http/server.ts';
import type { Answer, Invocation } from './invocation.ts';

/**
 * `thread`: in this thread, in a realm of its own: no round trip, for virtual time.
 * `worker`: in a thread of its own beside a paced world.
 */
export type EnvironmentKind = 'thread' | 'worker';

/** What an environment is started for. Equal ones are interchangeable. */
export interface EnvironmentSpec {
  readonly kind: EnvironmentKind;
  readonly key: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the function's package is unpacked. */
  readonly directory: string;
  /** Such as `functions/route-events/handler.handler`. */
  readonly handler: string;
}

/** How one invocation is run. */
export interface Run {
  readonly invocation: Invocation;
  /** Real milliseconds after which it is cut off with `timedOut`. */
  readonly limitMs: number;
  readonly timedOut: Answer;
  readonly log: (text: string) => void;
  /** How code in this thread asks the world; over the network where there is none. */
  readonly ask?: Ask;
}

/**
 * Lambda's word for where a function lives: its code, loaded once, with a
 * process of its own as far as the code can tell. It works on one invocation at
 * a time and stays warm for the next.
 */
export interface Environment {
  /** Resolves when it can begin, or has already ended. */
  readonly started: Promise<void>;
  /** False once its process is gone: it exited, was cut off, or threw where nobody caught. */
  readonly isAlive: boolean;
  run(run: Run): Promise<Answer>;
  end(): void;
}
