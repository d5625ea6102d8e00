/** Writes docs/fidelity.md from the rows beside the code: `npm run fidelity`. The check and a test hold it to them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityPage } from './fidelity/page.ts';
import { projectRoot } from './root.ts';

const file = join(projectRoot, 'docs/fidelity.md');

export const fidelityFindings = async (): Promise<string[]> =>
  existsSync(file) && readFileSync(file, 'utf8') === (await fidelityPage())
    ? []
    : ['docs/fidelity.md does not tell what the code does: run npm run fidelity'];

if (process.argv[1] === import.meta.filename) writeFileSync(file, await fidelityPage());
