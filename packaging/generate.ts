/**
 * Turns schemas into TypeScript types and bare data, and pipeline files into
 * JSON, under functions/shared/generated. Runs at install and before packaging,
 * tests and checks; what it writes is not committed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareContracts } from './bare-schemas.ts';
import { loadPipelines, PipelineFileError } from './pipelines.ts';
import { projectRoot } from './root.ts';
import { contractTypes } from './types.ts';

const generated = join(projectRoot, 'functions/shared/generated');

export async function generate(): Promise<void> {
  mkdirSync(join(generated, 'schemas'), { recursive: true });
  for (const [name, contract] of bareContracts()) {
    writeFileSync(join(generated, 'schemas', `${name}.json`), JSON.stringify(contract));
  }
  writeFileSync(join(generated, 'contracts.ts'), await contractTypes());

  // Pipelines come last: they are checked by the schemas written above.
  const pipelines = await loadPipelines(join(projectRoot, 'pipelines'));
  writeFileSync(join(generated, 'pipelines.json'), `${JSON.stringify(pipelines, null, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) {
  try {
    await generate();
  } catch (error) {
    if (!(error instanceof PipelineFileError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
