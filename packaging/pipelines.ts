import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import type { Fault } from '../functions/shared/faults.ts';
import type { Pipeline } from '../functions/shared/generated/contracts.ts';
import { projectRoot } from './root.ts';

/** A pipeline file that cannot be packaged; the message names files, paths and what is allowed. */
export class PipelineFileError extends Error {
  override readonly name = 'PipelineFileError';
}

/** One file, read: its pipeline as its author wrote it, or every fault that keeps it from being one. */
export interface PipelineFile {
  readonly path: string;
  readonly pipeline: Pipeline | undefined;
  /** Its YAML as a value, right or wrong; undefined when it is none. */
  readonly written: unknown;
  /** Empty path: the file as a whole. */
  readonly faults: readonly Fault[];
}

/**
 * All pipelines of a folder by name, checked, as their authors wrote them.
 *
 * @throws PipelineFileError with every fault of every file, one a line
 */
export async function loadPipelines(folder: string): Promise<Record<string, Pipeline>> {
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  const files = await readPipelineFiles(names.sort().map((name) => join(folder, name)));
  const faults = files.flatMap(({ path, faults }) =>
    // What the YAML reader says has lines of its own.
    faults
      .flatMap((fault) => `${fault.path} ${fault.message}`.trimStart().split('\n'))
      .map((line) => `pipelines/${basename(path)}: ${line}`),
  );
  if (faults.length > 0) throw new PipelineFileError(faults.join('\n'));
  return Object.fromEntries(files.map(({ pipeline }) => [pipeline!.name, pipeline!]));
}

/** Every file with its own faults, and with those that come of their standing side by side. */
export async function readPipelineFiles(paths: readonly string[]): Promise<PipelineFile[]> {
  // Loaded late: the schemas behind it may just have been written.
  const { resolvePipeline } = (await import(
    pathToFileURL(join(projectRoot, 'functions/shared/pipeline.ts')).href
  )) as typeof import('../functions/shared/pipeline.ts');
  const { planFaults } = (await import(
    pathToFileURL(join(projectRoot, 'functions/plan-release/plan-faults.ts')).href
  )) as typeof import('../functions/plan-release/plan-faults.ts');
  const faultsOfPipeline = (written: unknown) => planFaults(resolvePipeline(written), { live: null });
  const files = paths.map((path) => readPipelineFile(path, faultsOfPipeline));
  return files.map((file) => ({ ...file, faults: [...file.faults, ...sharedEndpoint(file, files)] }));
}

function readPipelineFile(
  path: string,
  faultsOfPipeline: (written: unknown) => readonly Fault[],
): PipelineFile {
  let written: unknown;
  try {
    written = readYaml(path);
    const faults = faultsOfPipeline(written);
    const pipeline = written as Pipeline;
    return { path, pipeline, written, faults: [...misnamed(path, pipeline), ...faults] };
  } catch (error) {
    return { path, pipeline: undefined, written, faults: faultsOf(error) };
  }
}

/** Several examples show sides of one pipeline, each under a file name of its own. */
const isExample = (path: string): boolean => resolve(path).startsWith(join(projectRoot, 'examples') + sep);

function misnamed(path: string, { name }: Pipeline): Fault[] {
  if (isExample(path) || name === basename(path).replace(/\.ya?ml$/, '')) return [];
  return [
    {
      path: '$.name',
      message: `is ${name}, but a file is named after its pipeline: rename it to ${name}.yaml`,
    },
  ];
}

const faultsOf = (error: unknown): readonly Fault[] => {
  const { faults, message } = error as Error & { faults?: readonly Fault[] };
  return faults ?? [{ path: '', message }];
};

/** Two pipelines on one endpoint would replace each other's model, each believing the other's to be its champion. */
function sharedEndpoint({ path, pipeline }: PipelineFile, files: readonly PipelineFile[]): Fault[] {
  const before = files.slice(
    0,
    files.findIndex((file) => file.path === path),
  );
  const first = before.find((file) => file.pipeline?.deploy.endpoint === pipeline?.deploy.endpoint);
  if (pipeline === undefined || first === undefined) return [];
  return [
    {
      path: '$.deploy.endpoint',
      message: `is ${pipeline.deploy.endpoint}, which belongs to pipelines/${first.pipeline!.name}.yaml already; an endpoint serves one pipeline`,
    },
  ];
}

function readYaml(path: string): unknown {
  const document = parseDocument(readFileSync(path, 'utf8'), { prettyErrors: true });
  // One slip makes many errors; the first tells where it is.
  if (document.errors[0]) throw new Error(document.errors[0].message.trimEnd());
  const value: unknown = document.toJS();
  if (value === null) throw new Error('is empty; copy pipelines/flight-delay.yaml to begin with');
  return value;
}
