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
import { PipelineFileError } from './pipelines.ts';
import { projectRoot } from './root.ts';

/** Another pipeline's container code follows its own team's rules. */
const OWN_FOLDERS = ['bench', 'functions', 'local', 'packaging', 'play', 'test', 'workloads/flight-delay'];

let findings = 0;

function report(what: string, found: readonly string[]): void {
  console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${what}`);
  for (const finding of found) console.log(`     ${finding}`);
  findings += found.length;
}

/** @param script below node_modules; run by this Node, since Windows starts no `.bin` without a shell */
function tool(what: string, script: string, ...args: string[]): void {
  const run = spawnSync(process.execPath, [join(projectRoot, 'node_modules', script), ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  report(
    what,
    run.status === 0
      ? []
      : [`${run.stdout}${run.stderr}${run.error ?? ''}`.trim().replaceAll('\n', '\n     ')],
  );
}

try {
  await ensurePackaged();
} catch (error) {
  if (!(error instanceof PipelineFileError)) throw error;
  report('pipeline files', error.message.split('\n'));
  process.exit(1);
}
const template = readTemplate();

tool('types', 'typescript/bin/tsc', '--noEmit', '-p', '.');
tool('lint and format', '@biomejs/biome/bin/biome', 'ci', '--colors=off', ...OWN_FOLDERS);
report('schemas', schemaFindings());
report('state machines, by AWS’s own language service', await aslFindings(template));
report('state machines, by the house rules', machineFindings(template));
report('template references', danglingReferences(template));
report('the local world opens it', await openingFindings());
report('security by default', securityFindings(template));
report('function bundles', bundleFindings(template));
report('pictures of the state machines', pictureFindings(template));

if (findings > 0) {
  console.log('\nWhat is wrong and where stands above. npm run format mends the format.');
  process.exitCode = 1;
}
