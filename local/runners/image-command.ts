import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { Image } from '../services/ecr/image.ts';
import type { Command } from './jobs/child-process.ts';
import { inDirectory } from './jobs/job-directory.ts';

/**
 * `docker run <image>` without Docker: the image's files lie in its directory
 * here, what a container has below /opt/ml in `baseDirectory`, and `node` is
 * this Node.
 *
 * @param words the program and its arguments, as the container would see them
 * @throws Error for an image that was pushed without files
 */
export function imageCommand(
  image: Image,
  words: readonly string[],
  baseDirectory: string,
  environment: Readonly<Record<string, string>>,
): Command {
  const { directory } = image;
  if (directory === undefined) {
    throw new Error(
      `${image.repository}@${image.digest} was pushed without files: only a simulated container can run it.`,
    );
  }
  const workdir = image.workdir.replace(/\/+$/, '');
  const onThisMachine = (word: string): string => {
    if (workdir !== '' && word.startsWith(`${workdir}/`))
      return join(directory, word.slice(workdir.length + 1));
    return word.startsWith('/opt/ml/') ? inDirectory(baseDirectory, word) : word;
  };
  const [program = 'node', ...rest] = words.map(onThisMachine);
  return {
    program: program === 'node' ? process.execPath : program,
    arguments: rest,
    directory,
    environment: { ...placesOfPrograms(), ...environment, SAGEMAKER_BASE_DIR: baseDirectory },
  };
}

/** All that gets in of this machine's own environment. */
function placesOfPrograms(): Record<string, string> {
  const path = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter).filter(isAbsolute)];
  return {
    PATH: path.join(delimiter),
    // Windows starts no program without it.
    ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
  };
}
