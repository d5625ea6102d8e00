import { spawnSync } from 'node:child_process';
import { projectRoot } from '../packaging/root.ts';

/** What a bare Node start does: it reads the clock, as every child here does when it is ready. */
export const BARE = 'console.log(JSON.stringify({ readyMs: performance.now() }))';

/**
 * Runs an ES module given as text in a Node process of its own.
 *
 * @returns the JSON it printed; `performance.now()` in it counts from the start of the process
 */
export function runChild<Printed>(source: string, env: Readonly<Record<string, string>> = {}): Printed {
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: projectRoot,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (run.status !== 0) throw new Error(`A measured process failed:\n${run.stderr}`);
  return JSON.parse(run.stdout) as Printed;
}
