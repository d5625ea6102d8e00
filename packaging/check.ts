/**
 * `npm run check`: types, lint, schemas, state machines, template, and at the end
 * what each role is granted beside what the stories use of it. Prints every
 * finding; fails if there is one.
 */
import { join } from 'node:path';
import { styleText } from 'node:util';
import { aslFindings } from './checks/asl.ts';
import { bundleFindings } from './checks/bundles.ts';
import { grantsOf } from './checks/granted.ts';
import {
  privilegeFindings,
  privilegeRows,
  privilegeTable,
  privilegeTotals,
} from './checks/least-privilege.ts';
import { machineFindings } from './checks/machines.ts';
import { openingFindings } from './checks/opening.ts';
import { rehearse } from './checks/rehearsal.ts';
import { schemaFindings } from './checks/schemas.ts';
import { securityFindings } from './checks/security.ts';
import { danglingReferences, readTemplate } from './checks/template.ts';
import { unusedGrants } from './checks/unused-grants.ts';
import { fidelityFindings } from './fidelity.ts';
import { outputOf } from './output-of.ts';
import { ensurePackaged } from './package.ts';
import { pictureFindings } from './pictures.ts';
import { PipelineFileError } from './pipelines.ts';
import { projectRoot } from './root.ts';

/** Another pipeline's container code follows its own team's rules. */
const OWN_FOLDERS = [
  'bench',
  'cli',
  'conform',
  'functions',
  'local',
  'packaging',
  'play',
  'test',
  'workloads/flight-delay',
];

/** Colours are for terminals alone. */
const onTerminal = { stream: process.stdout };

let findings = 0;

function report(what: string, found: readonly string[]): void {
  const verdict =
    found.length === 0 ? styleText('green', 'ok  ', onTerminal) : styleText('red', 'FAIL', onTerminal);
  console.log(`${verdict} ${what}`);
  for (const finding of found) console.log(`     ${finding.replaceAll('\n', '\n     ')}`);
  findings += found.length;
}

/** @param script below node_modules; run by this Node, since Windows starts no `.bin` without a shell */
async function tool(what: string, script: string, ...args: string[]): Promise<void> {
  const run = await outputOf([join(projectRoot, 'node_modules', script), ...args]);
  report(what, run.isSuccess ? [] : [run.output.trim()]);
}

try {
  await ensurePackaged();
} catch (error) {
  if (!(error instanceof PipelineFileError)) throw error;
  report('pipeline files', error.message.split('\n'));
  process.exit(1);
}
const template = readTemplate();
// The stories take longest; the rest is done while they play.
const rehearsal = rehearse();

await tool('types', 'typescript/bin/tsc', '--noEmit', '-p', '.');
await tool('lint and format', '@biomejs/biome/bin/biome', 'ci', '--colors=off', ...OWN_FOLDERS);
report('schemas', schemaFindings());
report('state machines, by AWS’s own language service', await aslFindings(template));
report('state machines, by the house rules', machineFindings(template));
report('template references', danglingReferences(template));
report('the local world opens it', await openingFindings());
report('security by default', securityFindings(template));
report('function bundles', bundleFindings(template));
report('pictures of the state machines', pictureFindings(template));
report('the fidelity page', await fidelityFindings());

if (process.stdout.isTTY) process.stdout.write('…    the stories are playing');
const played = await rehearsal;
if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
const grants = await grantsOf();
report('least privilege, proved by the stories', privilegeFindings(grants, played, unusedGrants));
console.log(privilegeTable(privilegeRows(grants, played.usage), unusedGrants).join('\n'));
console.log(`\n${privilegeTotals(played)}`);

if (findings > 0) {
  console.log('\nWhat is wrong and where stands above. npm run format mends the format.');
  process.exitCode = 1;
}
