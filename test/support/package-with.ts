import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../packaging/root.ts';

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
 * Packages the stack as it is now with the pipelines of another folder: in a
 * copy of the project, so that nothing of ours needs to know of two sets.
 *
 * @param name of the copy, kept until the next time: what has not changed is not packaged again
 * @returns the folder for `openWorld`'s packageDirectory
 * @throws Error with what the packager said
 */
export function packageWith(pipelines: string, name: string): string {
  const copy = join(projectRoot, '.signalbox/packaged', name);
  mkdirSync(copy, { recursive: true });
  for (const part of [...PARTS, 'pipelines']) {
    const from = part === 'pipelines' ? join(projectRoot, pipelines) : join(projectRoot, part);
    // What was deleted in the project must not live on in the copy.
    rmSync(join(copy, part), { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, join(copy, part), { recursive: true });
  }
  const modules = join(copy, 'node_modules');
  if (!existsSync(modules)) symlinkSync(join(projectRoot, 'node_modules'), modules, 'dir');
  const run = spawnSync(process.execPath, [join(copy, 'packaging/package.ts')], {
    cwd: copy,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${pipelines} could not be packaged:\n${run.stdout}${run.stderr}`);
  return join(copy, '.serverless');
}
