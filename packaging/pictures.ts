/** Draws each state machine for the README and the docs: `npm run pictures`. The check holds them to the packaged stack. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineDefinition } from '../play/report/data.ts';
import { drawMachine } from '../play/report/graph.ts';
import { machineName, machinesOf, readTemplate, type Template } from './checks/template.ts';
import { ensurePackaged } from './package.ts';
import { projectRoot } from './root.ts';

const folder = join(projectRoot, 'docs/images');

/** File name → SVG. */
function pictures(template: Template): Map<string, string> {
  return new Map(
    machinesOf(template).map(([id, { Properties }]) => {
      const title = machineName(id);
      return [`${title}.svg`, drawMachine(Properties.Definition as MachineDefinition, { title })];
    }),
  );
}

export const pictureFindings = (template: Template): string[] =>
  [...pictures(template)]
    .filter(
      ([file, svg]) => !existsSync(join(folder, file)) || readFileSync(join(folder, file), 'utf8') !== svg,
    )
    .map(([file]) => `docs/images/${file} does not show the packaged machine: run npm run pictures`);

if (process.argv[1] === import.meta.filename) {
  await ensurePackaged();
  mkdirSync(folder, { recursive: true });
  for (const [file, svg] of pictures(readTemplate())) writeFileSync(join(folder, file), svg);
}
