import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import type { Pipeline } from '../functions/shared/generated/contracts.ts';
import { projectRoot } from './root.ts';

/** A pipeline file that cannot be packaged; the message names the file and every fault in it. */
export class PipelineFileError extends Error {
  override readonly name = 'PipelineFileError';
}

/** All pipelines of a folder by name, checked, as their authors wrote them. */
export async function loadPipelines(folder: string): Promise<Record<string, Pipeline>> {
  // Loaded late: the schemas behind it may just have been written.
  const { resolvePipeline } = (await import(
    pathToFileURL(join(projectRoot, 'functions/shared/pipeline.ts')).href
  )) as typeof import('../functions/shared/pipeline.ts');
  const pipelines: Record<string, Pipeline> = {};
  for (const file of readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()) {
    const path = join(folder, file);
    const written = readYaml(path, file);
    try {
      resolvePipeline(written);
    } catch (error) {
      throw new PipelineFileError(`pipelines/${file}: ${(error as Error).message}`, { cause: error });
    }
    const pipeline = written as Pipeline;
    if (`${pipeline.name}` !== basename(file).replace(/\.ya?ml$/, '')) {
      throw new PipelineFileError(
        `pipelines/${file}: $.name is ${pipeline.name}, but a pipeline's file is named after it: rename the file to ${pipeline.name}.yaml.`,
      );
    }
    pipelines[pipeline.name] = pipeline;
  }
  return pipelines;
}

function readYaml(path: string, file: string): unknown {
  const document = parseDocument(readFileSync(path, 'utf8'), { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new PipelineFileError(
      `pipelines/${file}: ${document.errors.map(({ message }) => message).join('\n')}`,
    );
  }
  return document.toJS();
}
