import { delimiter, dirname, join } from 'node:path';
import type { Image } from '../../services/ecr/image.ts';
import type { Command } from '../jobs/child-process.ts';

/**
 * `docker run <image> serve` without Docker: the image's own entrypoint, its
 * working directory found in the image's directory here, and this Node for
 * `node`. Of this machine's environment only the places of programs get in.
 */
export function serveCommand(image: Image, environment: Readonly<Record<string, string>>): Command {
  const { directory, entrypoint } = image;
  if (directory === undefined) {
    throw new Error(
      `${image.repository}@${image.digest} was pushed without files: only a simulated fleet can serve it.`,
    );
  }
  const workdir = image.workdir.replace(/\/+$/, '');
  const here = (word: string): string =>
    workdir !== '' && word.startsWith(`${workdir}/`) ? join(directory, word.slice(workdir.length + 1)) : word;
  const [program = 'node', ...rest] = entrypoint;
  const programs = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'];
  return {
    program: program === 'node' ? process.execPath : here(program),
    arguments: [...rest.map(here), 'serve'],
    directory,
    environment: {
      PATH: programs.join(delimiter),
      // Windows starts no program without it.
      ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
      ...environment,
    },
  };
}
