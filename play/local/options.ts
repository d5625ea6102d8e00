import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OptionsError, seedOf, wholeNumber } from '../options.ts';

export const HELP = `npm run local -- [options]

Opens the packaged stack on this machine and stays until Ctrl+C. The AWS CLI and
any AWS SDK reach it; nothing reaches AWS.

  --port <n>         where it listens on 127.0.0.1 (default: a free port)
  --speed <n>        seconds of the world in one real second, 1 to 240 (default 60);
                     a state's time-out of a minute is a second then
  --runner <name>    process: jobs and endpoints are real processes (default)
                     simulated: they take their time and end well
  --empty            nothing is deployed: an account for state machines of your own,
                     in which every role may do everything
  --scenario <name>  spot: Spot takes the first training job's instance once
                     faulty-image: the image's serving code fails on some requests
  --seed <n>         take other turns of chance (default 7)
  --directory <dir>  keep the world's files here (default: a temporary directory)
  --json             tell everything as JSON, one object a line
  --help             this text
`;

export const SCENARIOS = ['spot', 'faulty-image'] as const;
const RUNNERS = ['process', 'simulated'] as const;

export interface LocalOptions {
  readonly port: number | undefined;
  /** Seconds of the world in one real second. */
  readonly speed: number;
  readonly runner: (typeof RUNNERS)[number];
  readonly scenario: (typeof SCENARIOS)[number] | undefined;
  readonly seed: number;
  /** Absolute path. */
  readonly directory: string | undefined;
  readonly empty: boolean;
  readonly json: boolean;
}

/**
 * @returns undefined when help was asked for
 * @throws OptionsError saying what is allowed
 */
export const readLocalOptions = (argv: readonly string[]): LocalOptions | undefined => {
  const values = parsed(argv);
  if (values.help) return undefined;
  if (values.empty && values.scenario !== undefined) {
    throw new OptionsError(
      '--scenario is about the sample pipeline, which --empty leaves out; give one of them.',
    );
  }
  if (values.scenario === 'faulty-image' && values.runner === 'simulated') {
    throw new OptionsError(
      '--scenario faulty-image is about serving code, which --runner simulated does not run; leave one of them out.',
    );
  }
  return {
    port: values.port === undefined ? undefined : wholeNumber('port', values.port, 1, 65_535),
    speed: wholeNumber('speed', values.speed ?? '60', 1, 240),
    runner: oneOf('runner', values.runner ?? 'process', RUNNERS),
    scenario: values.scenario === undefined ? undefined : oneOf('scenario', values.scenario, SCENARIOS),
    seed: seedOf(values.seed),
    directory: values.directory === undefined ? undefined : directoryOf(values.directory),
    empty: values.empty ?? false,
    json: values.json ?? false,
  };
};

/** A new directory, or one that is there. */
const directoryOf = (text: string): string => {
  const directory = resolve(text);
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new OptionsError(`--directory is ${text}, which is no directory.`);
  }
  return directory;
};

const oneOf = <Name extends string>(option: string, text: string, names: readonly Name[]): Name => {
  const found = names.find((name) => name === text);
  if (found === undefined) throw new OptionsError(`--${option} is ${text}; give ${names.join(' or ')}.`);
  return found;
};

const parsed = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        speed: { type: 'string' },
        runner: { type: 'string' },
        scenario: { type: 'string' },
        seed: { type: 'string' },
        directory: { type: 'string' },
        empty: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
};
