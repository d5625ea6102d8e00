import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock/clock.ts';
import type { Random } from '../random.ts';
import { HeartbeatMissed, type StateError } from './errors.ts';

/** What AWS's tokens begin with; the rest says nothing to anybody. */
const TOKEN_START = 'AQCgAAAAKgAAAAMAAAAAAAAAA';

/** One attempt's open question to the world outside. */
export interface Callback {
  readonly token: string;
  /** JSON text of the answer, or the error that was sent. */
  readonly answered: Promise<string>;
  /** From now on a silence of so many seconds is an error. */
  expectHeartbeats(seconds: number): void;
  /** The token is dead from now on. */
  close(): void;
}

interface Waiting {
  readonly machineArn: string;
  succeed(output: string): void;
  fail(error: StateError): void;
  beat(): void;
}

/** Every `.waitForTaskToken` token of an account: each attempt has its own, and old ones stay known as dead. */
export class CallbackTokens {
  /** Undefined for a token that has been answered or whose attempt has ended. */
  readonly #tokens = new Map<string, Waiting | undefined>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param machineArn whose execution waits: a role may be allowed to answer only some machines */
  open(random: Random, machineArn: string): Callback {
    const token = `${TOKEN_START}${random.hex(96)}`;
    let succeed!: (output: string) => void;
    let fail!: (error: StateError) => void;
    const answered = new Promise<string>((resolve, reject) => {
      succeed = resolve;
      fail = reject;
    });
    // An answer may come before anybody listens, or never be listened to.
    answered.catch(() => {});
    const heartbeat = new Heartbeat(this.#clock, () => fail(new HeartbeatMissed()));
    this.#tokens.set(token, { machineArn, succeed, fail, beat: () => heartbeat.restart() });
    return {
      token,
      answered,
      expectHeartbeats: (seconds) => heartbeat.start(seconds),
      close: () => {
        heartbeat.stop();
        this.#tokens.set(token, undefined);
      },
    };
  }

  /** @throws AwsError `InvalidToken`, `TaskDoesNotExist`, `TaskTimedOut` */
  requireOpen(token: string): void {
    this.#find(token);
  }

  succeed(token: string, output: string): void {
    const waiting = this.#find(token);
    this.#tokens.set(token, undefined);
    waiting.succeed(output);
  }

  fail(token: string, error: StateError): void {
    const waiting = this.#find(token);
    this.#tokens.set(token, undefined);
    waiting.fail(error);
  }

  /** The machine that waits for this token, if one still does. */
  waiterOf(token: string): string | undefined {
    return this.#tokens.get(token)?.machineArn;
  }

  beat(token: string): void {
    this.#find(token).beat();
  }

  #find(token: string): Waiting {
    if (!token.startsWith(TOKEN_START)) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    if (!this.#tokens.has(token))
      throw new AwsError('TaskDoesNotExist', "Task does not exist: 'Unknown task token'");
    const waiting = this.#tokens.get(token);
    if (waiting !== undefined) return waiting;
    throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
}

class Heartbeat {
  readonly #clock: Clock;
  readonly #missed: () => void;
  #ms = 0;
  #timer: { cancel(): void } | undefined;

  constructor(clock: Clock, missed: () => void) {
    this.#clock = clock;
    this.#missed = missed;
  }

  start(seconds: number): void {
    this.#ms = seconds * 1000;
    this.restart();
  }

  restart(): void {
    if (this.#ms === 0) return;
    this.#timer?.cancel();
    this.#timer = this.#clock.at(this.#clock.now() + this.#ms, this.#missed);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#ms = 0;
  }
}
