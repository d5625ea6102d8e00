import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { TemplateBody } from '../../../local/template/template.ts';

const echo = 'export const handler = async (event) => ({ key: event.key, table: process.env.TABLE });\n';

/** The fixture's template, for a test to change. */
// biome-ignore lint/suspicious/noExplicitAny: tests change it freely.
export const fixtureBody = (): any =>
  JSON.parse(readFileSync(new URL('./fixtures/stack.json', import.meta.url), 'utf8'));

const packages: string[] = [];

afterAll(() => {
  for (const directory of packages) rmSync(directory, { recursive: true, force: true });
});

/** Packages a template as `serverless package` would, in a new temporary directory. */
export const packageFixture = (body: TemplateBody = fixtureBody()): string => {
  const directory = mkdtempSync(join(tmpdir(), 'fixture-package-'));
  packages.push(directory);
  writeFileSync(join(directory, 'cloudformation-template-update-stack.json'), JSON.stringify(body));
  const state = { service: { service: 'fixture', provider: { stage: 'test' } } };
  writeFileSync(join(directory, 'serverless-state.json'), JSON.stringify(state));
  writeFileSync(join(directory, 'echo.zip'), zipSync({ 'echo.mjs': strToU8(echo) }));
  return directory;
};
