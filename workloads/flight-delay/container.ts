// Where SageMaker puts things and where it looks for them. Everything lives under one base directory,
// so the same code runs as a child process on a laptop, without root and without /opt.

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface Container {
  readonly baseDirectory: string;
  /** One line to the job's log; MetricDefinitions read these lines. */
  log(line: string): void;
  /** The commit that asked for the release, where one did. */
  readonly commit?: string | undefined;
}

export function containerFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Container {
  return {
    baseDirectory: environment.SAGEMAKER_BASE_DIR || '/opt/ml',
    commit: environment.SIGNALBOX_COMMIT,
    log: (line) => process.stdout.write(`${line}\n`),
  };
}

export function pathIn(container: Container, ...parts: string[]): string {
  return join(container.baseDirectory, ...parts);
}

/** Somebody outside has to change something: data, a hyperparameter, a file. Trying again will not help. */
export class RefusedInputError extends Error {
  override readonly name = 'RefusedInputError';
}

/** @param what the text's name for those who read a refusal */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RefusedInputError(`${what} is not JSON.`, { cause });
  }
}

/** Readers see the old file or the new one, never half of one: a container may be stopped at any line. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

// A processing job's message becomes its ExitMessage and a training job's failure its FailureReason;
// SageMaker keeps 1,024 bytes of the first and 1,024 characters of the second.
const reportedBytes = 1024;

export async function tellSageMaker(
  container: Container,
  file: 'message' | 'failure',
  text: string,
): Promise<void> {
  const bytes = Buffer.from(text);
  // A cut in the middle of a character decodes to U+FFFD, which is longer than what it replaces: drop it.
  const cut = bytes
    .subarray(0, reportedBytes)
    .toString()
    .replace(/\uFFFD$/, '');
  await writeWhole(pathIn(container, 'output', file), cut);
}
