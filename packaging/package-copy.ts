import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './root.ts';

/** What the packaged stack is made from, beside the pipelines. */
const PARTS = [
  'serverless.yml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'functions',
  'packaging',
  'resources',
  'schemas',
  'statemachines',
];

/**
 * Packages the stack as it is now with other pipelines: in a copy of the
 * project, so that nothing of ours needs to know of two sets. All who ask for
 * a name share its copy, which is kept until the next time: what has not
 * changed is not packaged again.
 *
 * @param layPipelines fills the copy's empty folder of pipelines
 * @returns the folder for `openWorld`'s packageDirectory
 * @throws Error with what the packager said
 */
export function packageCopy(name: string, layPipelines: (folder: string) => void): string {
  const copy = join(projectRoot, '.signalbox/packaged', name);
  mkdirSync(copy, { recursive: true });
  return alone(`${copy}.lock`, () => packaged(name, copy, layPipelines));
}

function packaged(name: string, copy: string, layPipelines: (folder: string) => void): string {
  for (const part of PARTS) {
    const from = join(projectRoot, part);
    // What was deleted in the project must not live on in the copy.
    rmSync(join(copy, part), { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, join(copy, part), { recursive: true });
  }
  const pipelines = join(copy, 'pipelines');
  rmSync(pipelines, { recursive: true, force: true });
  mkdirSync(pipelines);
  layPipelines(pipelines);
  const modules = join(copy, 'node_modules');
  if (!existsSync(modules)) symlinkSync(join(projectRoot, 'node_modules'), modules, 'dir');
  const run = spawnSync(process.execPath, [join(copy, 'packaging/package.ts')], {
    cwd: copy,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${name} could not be packaged:\n${run.stdout}${run.stderr}`);
  return join(copy, '.serverless');
}

/** Does the work while no other process does any under the same lock; test files run in several. */
function alone<Result>(lock: string, work: () => Result): Result {
  while (!isTaken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isTaken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!holderLives(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** Whoever was killed at work left its lock behind. */
function holderLives(lock: string): boolean {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Between the file and its text there is a moment.
    return holder === 0 || process.kill(holder, 0);
  } catch (error) {
    // One that is gone by now was given back.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
