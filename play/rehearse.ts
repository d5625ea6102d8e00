/** `npm run rehearse`: releases a pipeline of your own on this machine, with its own containers. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { World } from '../local/world.ts';
import { loadPipelines } from '../packaging/pipelines.ts';
import { projectRoot } from '../packaging/root.ts';
import { OptionsError } from './options.ts';
import { PROVISIONING, unheardFirstPush } from './scenarios.ts';
import { rehearse, runCommand } from './stage.ts';

const HELP = `npm run rehearse -- <pipeline> --image <folder> --upload <file> [--upload <file> …]

Releases a pipeline on this machine: pushes the folder as the pipeline's image,
uploads each file below data.prefix, and tells every release as it runs.

  --image <folder>   the folder with the pipeline's Dockerfile
  --upload <file>    a file for the data bucket; one release each, in order
  --seed <n>         take other turns of chance (default 7)
  --speed <n>        seconds of the world in one real second, 10 to 240 (default 60)
  --keep             leave the world open at the end, until Ctrl+C

It exits with 0 when the last release ends LIVE, and writes .signalbox/report.html.
`;

interface Asked {
  readonly pipeline: string;
  readonly image: string;
  readonly uploads: readonly string[];
  readonly seed: number;
  readonly speed: number;
  readonly keep: boolean;
}

function read(argv: readonly string[]): Asked {
  const { values, positionals } = parsed(argv);
  const [pipeline, ...others] = positionals;
  if (pipeline === undefined || others.length > 0) throw new OptionsError('Name one pipeline.');
  const image = resolve(values.image ?? '');
  if (values.image === undefined || !existsSync(`${image}/Dockerfile`)) {
    throw new OptionsError(`--image is ${values.image ?? 'missing'}; give a folder with a Dockerfile.`);
  }
  const uploads = (values.upload ?? []).map((file) => resolve(file));
  if (uploads.length === 0) throw new OptionsError('--upload is missing; give at least one file.');
  for (const file of uploads) {
    if (!existsSync(file) || !statSync(file).isFile())
      throw new OptionsError(`--upload is ${file}, which is no file.`);
  }
  const seed = Number(values.seed ?? 7);
  const speed = Number(values.speed ?? 60);
  if (!Number.isInteger(seed)) throw new OptionsError(`--seed is ${values.seed}; give a whole number.`);
  if (!Number.isInteger(speed) || speed < 10 || speed > 240) {
    throw new OptionsError(`--speed is ${values.speed}; give a whole number from 10 to 240.`);
  }
  return { pipeline, image, uploads, seed, speed, keep: values.keep ?? false };
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
        keep: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
}

await runCommand(async () => {
  const { pipeline: name, image, uploads, seed, speed, keep } = read(process.argv.slice(2));
  const pipelines = await loadPipelines(resolve(projectRoot, 'pipelines'));
  const pipeline = pipelines[name];
  if (pipeline === undefined) {
    throw new OptionsError(
      `There is no pipelines/${name}.yaml; there are ${Object.keys(pipelines).join(', ')}.`,
    );
  }
  const [, repository = '', tag = 'latest'] =
    /^(?:[^/]+\.amazonaws\.com[^/]*\/)?([^:@]+)(?::([^@]+))?/.exec(pipeline.image) ?? [];
  const upload = (file: string) => (world: World) => {
    world.s3.put(
      world.outputs.DataBucketName!,
      `${pipeline.data.prefix}${basename(file)}`,
      readFileSync(file),
    );
    const { triggers } = pipeline;
    if (triggers?.data && basename(file).endsWith(triggers.data.suffix ?? '')) return;
    // Nothing watches uploads, so it is started by hand.
    void world.door.call({
      service: 'stepfunctions',
      operation: 'StartExecution',
      input: { stateMachineArn: world.outputs.ReleaseMachineArn, input: JSON.stringify({ pipeline: name }) },
      caller: world.person,
    });
  };
  return rehearse(
    {
      seed,
      speed,
      keep,
      scenario: { provisioning: PROVISIONING, event: unheardFirstPush() },
      prepare: (world) => {
        world.ecr.createRepository(repository);
        world.ecr.push({ repository, tag, directory: image });
      },
      steps: uploads.map((file) => ({ title: `${basename(file)} is uploaded.`, act: upload(file) })),
    },
    ({ data }) => data.releases.length === uploads.length && data.releases.at(-1)?.outcome === 'LIVE',
  );
}, HELP);
