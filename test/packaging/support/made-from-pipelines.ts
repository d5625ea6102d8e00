import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../packaging/root.ts';

/**
 * What a module that serverless.yml reads makes of these pipelines alone: in a
 * folder of its own, for such a module looks for the pipelines beside itself.
 *
 * @param pipelines what each has beside its name, image and group
 */
export function madeFromPipelines(module: string, pipelines: readonly object[]): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'made-from-pipelines-'));
  try {
    for (const name of ['packaging', 'resources', 'pipelines']) mkdirSync(join(folder, name));
    for (const file of new Set(['packaging/watched.cjs', module]))
      cpSync(join(projectRoot, file), join(folder, file));
    symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'dir');
    for (const [index, written] of pipelines.entries()) {
      const name = `pipeline-${index}`;
      const pipeline = { name, image: `${name}:stable`, register: { group: name }, ...written };
      writeFileSync(join(folder, 'pipelines', `${name}.yaml`), JSON.stringify(pipeline));
    }
    const print = `console.log(JSON.stringify(require(${JSON.stringify(join(folder, module))})))`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--eval', print], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Record<string, unknown>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
