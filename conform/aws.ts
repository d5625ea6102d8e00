import type { RoleKind } from './case.ts';

export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly forcePathStyle?: boolean;
  readonly disableHostPrefix?: boolean;
  readonly maxAttempts?: number;
}

/** Where a case asks: an account, or a local world. */
export interface Ground {
  readonly name: 'AWS' | 'the local world';
  readonly region: string;
  readonly accountId: string;
  readonly clients: ClientConfig;
  /** Lets time pass: virtual on a local world, real at AWS. */
  sleep(seconds: number): Promise<void>;
  /** Waits for a call that itself takes time. */
  pass<T>(call: Promise<T>): Promise<T>;
  /** Roles by kind, and the image, as they were given. */
  role(kind: RoleKind): string;
  image(): string;
}

/** A case ran out of its time, its money or its user's patience. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** What was left behind, because taking it away failed. */
export interface Leftover {
  readonly what: string;
  readonly why: string;
}

/**
 * All a case may use: SDK clients, names of its own, time, and a list of what is
 * to be taken away afterwards. Nothing of the local world can be reached from here.
 */
export class Aws {
  readonly region: string;
  readonly accountId: string;
  /** Every name that a case gives begins with it, so that roles can be held to it and leftovers be found. */
  readonly prefix: string;
  readonly #ground: Ground;
  readonly #mayGoOn: () => void;
  readonly #clients = new Map<unknown, unknown>();
  #cleaning = false;
  readonly #undoings: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];

  /** @param mayGoOn throws StoppedError when the case has to end */
  constructor(ground: Ground, prefix: string, mayGoOn: () => void = () => {}) {
    this.#ground = ground;
    this.#mayGoOn = mayGoOn;
    this.region = ground.region;
    this.accountId = ground.accountId;
    this.prefix = prefix;
  }

  name(suffix: string): string {
    return `${this.prefix}-${suffix}`;
  }

  /** The tag that all of a case's resources carry, in the two shapes AWS uses. */
  get tags(): { Key: string; Value: string }[] {
    return [{ Key: 'signalbox-conform', Value: this.prefix }];
  }

  get tagMap(): Record<string, string> {
    return { 'signalbox-conform': this.prefix };
  }

  client<C>(Client: new (config: ClientConfig) => C): C {
    const made = (this.#clients.get(Client) as C | undefined) ?? new Client(this.#ground.clients);
    this.#clients.set(Client, made);
    return made;
  }

  role(kind: RoleKind): string {
    return this.#ground.role(kind);
  }

  image(): string {
    return this.#ground.image();
  }

  /** Says how to take away what is being made. The last one made goes first. */
  later(what: string, undo: () => Promise<unknown>): void {
    this.#undoings.push({ what, undo });
  }

  /** What has been made, or is just being made, and is still to be taken away. */
  get pending(): readonly string[] {
    return this.#undoings.map(({ what }) => what);
  }

  /**
   * Asks again and again until there is an answer.
   *
   * @throws StoppedError when it does not come in time
   */
  async until<T>(
    what: string,
    probe: () => Promise<T | undefined>,
    { minutes, everySeconds = 5 }: { minutes: number; everySeconds?: number },
  ): Promise<T> {
    for (let waited = 0; waited <= minutes * 60; waited += everySeconds) {
      this.#check();
      const seen = await probe();
      if (seen !== undefined) return seen;
      await this.#ground.sleep(everySeconds);
    }
    throw new StoppedError(`Waited ${minutes} minutes in vain: ${what}.`);
  }

  async sleep(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 5) {
      this.#check();
      await this.#ground.sleep(Math.min(left, 5));
    }
  }

  /** Waits for a call that answers only after some time, such as a synchronous execution. */
  pass<T>(call: Promise<T>): Promise<T> {
    return this.#ground.pass(call);
  }

  /** The refusal that a call meets, as its code and its text; or that there is none. */
  async refusal(call: Promise<unknown>): Promise<{ error: string; message: string } | 'accepted'> {
    try {
      await this.pass(call);
      return 'accepted';
    } catch (error) {
      if (error instanceof StoppedError || isNotModelled(error)) throw error;
      const { name, message } = error as Error;
      return { error: name, message };
    }
  }

  /**
   * Takes away all that was made, whatever fails of it, and says what is left.
   * Neither the cap nor an interruption stops this: what is left behind costs more.
   */
  async cleanUp(): Promise<Leftover[]> {
    this.#cleaning = true;
    const left: Leftover[] = [];
    for (let one = this.#undoings.at(-1); one !== undefined; one = this.#undoings.at(-1)) {
      try {
        await this.pass(one.undo());
      } catch (error) {
        // What could not be made here need not be taken away.
        if (!isNotModelled(error)) left.push({ what: one.what, why: (error as Error).message });
      }
      this.#undoings.splice(this.#undoings.indexOf(one), 1);
    }
    for (const client of this.#clients.values()) (client as { destroy?: () => void }).destroy?.();
    return left;
  }

  #check(): void {
    if (!this.#cleaning) this.#mayGoOn();
  }
}

/** The local world's 501, or its refusal of a machine that needs what it has not. */
export const isNotModelled = (error: unknown): boolean => {
  const { name, message } = error as Error;
  return name === 'NotModelled' || message.includes('NOT_MODELLED_LOCALLY');
};
