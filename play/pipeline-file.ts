import { copyFileSync, existsSync, globSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Pipeline } from '../functions/shared/generated/contracts.ts';
import { packageCopy } from '../packaging/package-copy.ts';
import { PipelineFileError, readPipelineFiles } from '../packaging/pipelines.ts';
import { projectRoot } from '../packaging/root.ts';
import type { ActsOf } from './acts.ts';
import { OptionsError } from './options.ts';

/** What the acts release; a file for them has this name inside, whatever it is called itself. */
const PLAYED = 'flight-delay';

const examples = join(projectRoot, 'examples/pipelines');

/** A pipeline file that takes the place of pipelines/flight-delay.yaml in one run. */
export interface PipelineFile {
  readonly path: string;
  readonly pipeline: Pipeline;
  readonly acts: ActsOf;
}

/**
 * @param text a path, or the bare name of one of the examples
 * @throws OptionsError, or PipelineFileError for what no pipeline may say
 */
export async function pipelineFile(text: string): Promise<PipelineFile> {
  const path = [resolve(text), join(examples, `${text}.yaml`)].find(isFile);
  if (path === undefined) {
    const names = globSync('*.yaml', { cwd: examples }).map((name) => basename(name, '.yaml'));
    throw new OptionsError(`--pipeline is ${text}; give a file, or one of ${names.sort().join(', ')}.`);
  }
  const [file] = await readPipelineFiles([path]);
  const { pipeline, faults } = file!;
  // What the file itself is called is no matter here.
  const told = faults.filter((fault) => fault.path !== '$.name');
  if (told.length > 0) {
    throw new PipelineFileError(told.map((fault) => `${text}: ${fault.path} ${fault.message}`).join('\n'));
  }
  // Without a fault it is one.
  const played = pipeline!;
  if (played.name !== PLAYED) {
    throw new OptionsError(
      `--pipeline is ${text}, which is ${played.name}; the acts play ${PLAYED}. npm run rehearse plays others.`,
    );
  }
  return { path, pipeline: played, acts: { shift: played.deploy.shift?.type ?? 'canary' } };
}

/**
 * Packages the stack with the file as its only pipeline.
 *
 * @throws Error with every fault of the file
 */
export function packagePipeline({ path }: PipelineFile): string {
  return packageCopy(`play-${basename(path).replace(/\.ya?ml$/, '')}`, (folder) =>
    copyFileSync(path, join(folder, `${PLAYED}.yaml`)),
  );
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
