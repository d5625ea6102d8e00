/** `npm run check`: types, lint, schemas, state machines and template. Prints every finding; fails if there is one. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { aslFindings } from './checks/asl.ts';
import { bundleFindings } from './checks/bundles.ts';
import { machineFindings } from './checks/machines.ts';
import { openingFindings } from './checks/opening.ts';
import { schemaFindings } from './checks/schemas.ts';
import { securityFindings } from './checks/security.ts';
import { danglingReferences, readTemplate } from './checks/template.ts';
import { ensurePackaged } from './package.ts';
import { pictureFindings } from './pictures.ts';
import { projectRoot } from './root.ts';

const bin = (name: string): string => join(projectRoot, 'node_modules', '.bin', name);

let findings = 0;

function report(what: string, found: readonly string[]): void {
  console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${what}`);
  for (const finding of found) console.log(`     ${finding}`);
  findings += found.length;
}

function tool(what: string, command: string, ...args: string[]): void {
  const run = spawnSync(bin(command), args, {
    cwd: projectRoot,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  report(what, run.status === 0 ? [] : `${run.stdout}${run.stderr}${run.error ?? ''}`.trimEnd().split('\n'));
}

await ensurePackaged();
const template = readTemplate();

tool('types', 'tsc', '--noEmit', '-p', '.');
tool('lint and format', 'biome', 'ci', '--colors=off');
report('schemas', schemaFindings());
report('state machines, by AWS’s own language service', await aslFindings(template));
report('state machines, by the house rules', machineFindings(template));
report('template references', danglingReferences(template));
report('the local world opens it', await openingFindings());
report('security by default', securityFindings(template));
report('function bundles', bundleFindings(template));
report('pictures of the state machines', pictureFindings(template));

if (findings > 0) {
  console.log(`\n${findings} findings. Each line above says what is wrong and where.`);
  process.exitCode = 1;
}
