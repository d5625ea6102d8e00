/**
 * Packages the stack when anything it is made from has changed since the last
 * time. `npm start`, the tests and the checks all run on the result.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from './generate.ts';
import { projectRoot } from './root.ts';

const INPUTS = [
  'serverless.yml',
  'package-lock.json',
  '{resources,statemachines,pipelines,schemas,packaging}/**/*.*',
  'functions/**/*.{ts,json}',
];

/** The folder with the CloudFormation template and one zip per function. */
export const packageFolder = join(projectRoot, '.serverless');

const stamp = join(packageFolder, 'made-from');

/**
 * @returns whether it had to be packaged anew
 * @throws PipelineFileError, or Error with what the packager said
 */
export async function ensurePackaged(): Promise<boolean> {
  await generate();
  const inputs = hashOfInputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return false;
  runPackager();
  writeFileSync(stamp, inputs);
  return true;
}

/** @throws Error with what the packager said */
function runPackager(): void {
  const packager = join(projectRoot, 'node_modules/serverless/bin/serverless.js');
  // The packager's esbuild plugin leaves a copy of each function in the temporary directory.
  const scratch = mkdtempSync(join(tmpdir(), 'packaging-'));
  const temporary = { TMPDIR: scratch, TMP: scratch, TEMP: scratch };
  try {
    const run = spawnSync(process.execPath, [packager, 'package'], {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { ...process.env, ...temporary, SLS_NOTIFICATIONS_MODE: 'off', SLS_TELEMETRY_DISABLED: '1' },
    });
    if (run.status !== 0) throw new Error(`The stack could not be packaged:\n${run.stdout}${run.stderr}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function hashOfInputs(): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of INPUTS.flatMap((pattern) => globSync(pattern, { cwd: projectRoot })).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(projectRoot, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

if (process.argv[1] === import.meta.filename) {
  try {
    await ensurePackaged();
    console.log('.serverless/cloudformation-template-update-stack.json and one zip per function are ready.');
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
