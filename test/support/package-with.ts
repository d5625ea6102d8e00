import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { packageCopy } from '../../packaging/package-copy.ts';
import { projectRoot } from '../../packaging/root.ts';

/**
 * Packages the stack as it is now with the pipelines of another folder.
 *
 * @returns the folder for `openWorld`'s packageDirectory
 * @throws Error with what the packager said
 */
export function packageWith(pipelines: string): string {
  return packageCopy(pipelines.replaceAll('/', '-'), (folder) =>
    cpSync(join(projectRoot, pipelines), folder, { recursive: true }),
  );
}
