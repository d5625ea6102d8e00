import { isDeepStrictEqual } from 'node:util';
import { Aws, type Ground, isNotModelled, type Leftover, StoppedError } from './aws.ts';
import { type CallCase, type Json, notModelledHere } from './case.ts';
import { mask, type Secrets } from './mask.ts';

/**
 * `agrees` and `differs` set an answer beside our assumption; `told` is an answer
 * where the local world has none; `skipped` was not asked, `failed` was asked in vain.
 */
export type Verdict = 'agrees' | 'differs' | 'told' | 'skipped' | 'failed';

export interface Answer {
  readonly id: string;
  readonly verdict: Verdict;
  readonly answered?: Json;
  /** Why it was skipped or failed. */
  readonly why?: string;
  readonly leftovers: readonly Leftover[];
  readonly minutes: number;
}

export interface RunOptions {
  /** What the local world answers, as `assumed/` keeps it. */
  readonly expected: Json | undefined;
  readonly prefix: string;
  /** What was given by flags, to be masked. */
  readonly given?: Secrets['given'];
  /** Throws StoppedError when the case has to end. */
  readonly mayGoOn?: () => void;
  /** Gets a look at what would be left behind if the process ended now. */
  readonly watch?: (pending: () => readonly string[]) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Runs a case, and takes away all it made, whatever comes of it. */
export const runCase = async (one: CallCase, ground: Ground, options: RunOptions): Promise<Answer> => {
  const { expected, prefix, given = {}, mayGoOn, watch, now = Date.now } = options;
  const aws = new Aws(ground, prefix, mayGoOn);
  watch?.(() => aws.pending);
  const secrets = { accountId: ground.accountId, region: ground.region, prefix, given };
  const beganMs = now();
  const ended = async (rest: Omit<Answer, 'id' | 'leftovers' | 'minutes'>): Promise<Answer> => {
    // Left as they are named: somebody has to find them. They are printed and never written down.
    const leftovers = await aws.cleanUp();
    return { id: one.id, ...rest, leftovers, minutes: (now() - beganMs) / 60_000 };
  };
  try {
    const answered = mask(await one.run(aws), secrets);
    return await ended({ verdict: verdictOn(expected, answered), answered });
  } catch (error) {
    if (isNotModelled(error)) {
      return await ended({ verdict: verdictOn(expected, notModelledHere), answered: notModelledHere });
    }
    const { name, message } = error as Error;
    const why = mask(error instanceof StoppedError ? message : `${name}: ${message}`, secrets) as string;
    return await ended({ verdict: 'failed', why });
  }
};

const verdictOn = (expected: Json | undefined, answered: Json): Verdict => {
  if (isDeepStrictEqual(answered, expected)) return 'agrees';
  return expected === undefined || expected === notModelledHere ? 'told' : 'differs';
};
