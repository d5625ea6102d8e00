import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import type { Fault } from '../functions/shared/faults.ts';
import type { Pipeline } from '../functions/shared/generated/contracts.ts';
import { projectRoot } from './root.ts';

/** A pipeline file that cannot be packaged; the message names files, paths and what is allowed. */
export class PipelineFileError extends Error {
  override readonly name = 'PipelineFileError';
}

/**
 * All pipelines of a folder by name, checked, as their authors wrote them.
 *
 * @throws PipelineFileError with every fault of every file, one a line
 */
export async function loadPipelines(folder: string): Promise<Record<string, Pipeline>> {
  // Loaded late: the schemas behind it may just have been written.
  const { resolvePipeline } = (await import(
    pathToFileURL(join(projectRoot, 'functions/shared/pipeline.ts')).href
  )) as typeof import('../functions/shared/pipeline.ts');
  const pipelines: Record<string, Pipeline> = {};
  const faults: string[] = [];
  for (const file of readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()) {
    try {
      const written = readYaml(join(folder, file));
      resolvePipeline(written);
      const pipeline = written as Pipeline;
      if (pipeline.name !== basename(file).replace(/\.ya?ml$/, '')) {
        throw new Error(
          `$.name is ${pipeline.name}, but a file is named after its pipeline: rename it to ${pipeline.name}.yaml`,
        );
      }
      pipelines[pipeline.name] = pipeline;
    } catch (error) {
      faults.push(...linesOf(error).map((line) => `pipelines/${file}: ${line}`));
    }
  }
  faults.push(...sharedEndpoints(Object.values(pipelines)));
  if (faults.length > 0) throw new PipelineFileError(faults.join('\n'));
  return pipelines;
}

const linesOf = (error: unknown): string[] => {
  const { faults, message } = error as Error & { faults?: readonly Fault[] };
  return faults?.map((fault) => `${fault.path} ${fault.message}`) ?? message.split('\n');
};

/** Two pipelines on one endpoint would replace each other's model, each believing the other's to be its champion. */
function sharedEndpoints(pipelines: readonly Pipeline[]): string[] {
  return pipelines.flatMap(({ name, deploy }, index) => {
    const first = pipelines.slice(0, index).find((other) => other.deploy.endpoint === deploy.endpoint);
    return first
      ? [
          `pipelines/${name}.yaml: $.deploy.endpoint is ${deploy.endpoint}, which belongs to pipelines/${first.name}.yaml already; an endpoint serves one pipeline`,
        ]
      : [];
  });
}

function readYaml(path: string): unknown {
  const document = parseDocument(readFileSync(path, 'utf8'), { prettyErrors: true });
  // One slip makes many errors; the first tells where it is.
  if (document.errors[0]) throw new Error(document.errors[0].message.trimEnd());
  const value: unknown = document.toJS();
  if (value === null) throw new Error('is empty; copy pipelines/flight-delay.yaml to begin with');
  return value;
}
