import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OptionsError, seedOf, speedOf } from './options.ts';

export const HELP = `npm run rehearse -- <pipeline> --image <folder> --upload <file> [--upload <file> …]

Releases a pipeline on this machine: pushes the folder as the pipeline's image,
uploads each file where the pipeline looks, and tells every release as it runs.

  --image <folder>   the folder with the pipeline's Dockerfile
  --upload <file>    a file for the data bucket; one release each, in order
  --approve          say yes where a person must approve; without it the release
                     waits for your answer, four hours of the world at the most
  --seed <n>         take other turns of chance (default 7)
  --speed <n>        seconds of the world in one real second, 10 to 240 (default 60)
  --keep             leave the world open at the end, until Ctrl+C
  --help             this text

It exits with 0 when the last release ends LIVE, and writes .signalbox/report.html.
`;

export interface RehearseOptions {
  readonly pipeline: string;
  /** Absolute path of the folder. */
  readonly image: string;
  /** Absolute paths of the files. */
  readonly uploads: readonly string[];
  readonly seed: number;
  readonly speed: number;
  readonly approve: boolean;
  readonly keep: boolean;
}

/**
 * @returns undefined when help was asked for
 * @throws OptionsError saying what is missing or not there
 */
export function readRehearseOptions(argv: readonly string[]): RehearseOptions | undefined {
  const { values, positionals } = parsed(argv);
  if (values.help) return undefined;
  const [pipeline, ...others] = positionals;
  if (pipeline === undefined || others.length > 0) throw new OptionsError('Name one pipeline.');
  const image = resolve(values.image ?? '');
  if (values.image === undefined || !existsSync(join(image, 'Dockerfile'))) {
    throw new OptionsError(`--image is ${values.image ?? 'missing'}; give a folder with a Dockerfile.`);
  }
  const uploads = values.upload ?? [];
  if (uploads.length === 0) throw new OptionsError('--upload is missing; give at least one file.');
  const missing = uploads.find((file) => !existsSync(file) || !statSync(file).isFile());
  if (missing !== undefined) throw new OptionsError(`--upload is ${missing}, which is no file.`);
  return {
    pipeline,
    image,
    uploads: uploads.map((file) => resolve(file)),
    seed: seedOf(values.seed),
    speed: speedOf(values.speed),
    approve: values.approve ?? false,
    keep: values.keep ?? false,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        image: { type: 'string' },
        upload: { type: 'string', multiple: true },
        seed: { type: 'string' },
        speed: { type: 'string' },
        approve: { type: 'boolean' },
        keep: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
}
