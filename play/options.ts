import { parseArgs } from 'node:util';

export interface Options {
  readonly seed: number;
  /** Seconds of the world in one real second. */
  readonly speed: number;
  /** Play this act alone (with the first upload before it where it needs a champion). */
  readonly only: 1 | 2 | 3 | undefined;
  /** A pipeline file, or the name of an example, in the place of pipelines/flight-delay.yaml. */
  readonly pipeline: string | undefined;
  /** Leave the world open at the end. */
  readonly keep: boolean;
}

export const HELP = `npm start -- [options]

Plays releases of flight-delay on this machine and ends by itself.

  --only <n>    play one act alone: 1 good uploads, 2 a faulty image, 3 spoiled labels
  --pipeline <file>
                play the same acts with another pipeline file of flight-delay: a path,
                or one of canary, linear, all-at-once, rolling, weights, shadow and
                compiled, which lie in examples/pipelines
  --seed <n>    take other turns of chance (default 7)
  --speed <n>   seconds of the world in one real second, 10 to 240 (default 60)
  --keep        leave the world open at the end, until Ctrl+C
  --help        this text

It writes .signalbox/report.html and .signalbox/summary.json.
`;

/** What a person typed cannot be played; the message says what can. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

/** @returns undefined when help was asked for */
export function readOptions(argv: readonly string[]): Options | undefined {
  const values = parsed(argv);
  if (values.help) return undefined;
  const only = values.only === undefined ? undefined : wholeNumber('only', values.only, 1, 3);
  return {
    seed: seedOf(values.seed),
    speed: speedOf(values.speed),
    only: only as Options['only'],
    pipeline: values.pipeline,
    keep: values.keep ?? false,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        pipeline: { type: 'string' },
        seed: { type: 'string' },
        speed: { type: 'string' },
        keep: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
}

export const seedOf = (text = '7'): number => wholeNumber('seed', text, 0, 2 ** 31 - 1);

/** Seconds of the world in one real second. */
export const speedOf = (text = '60'): number => wholeNumber('speed', text, 10, 240);

/** @throws OptionsError saying which whole numbers are allowed */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new OptionsError(`--${name} is ${text}; give a whole number from ${least} to ${most}.`);
  }
  return value;
}
