// Makes the models of this world from botocore's: node local/models/update.ts <…/botocore/data>
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ServiceName } from '../service.ts';
import { schemasOf } from './botocore/schemas.ts';
import type { ServiceModel } from './botocore/service-model.ts';
import { wireOf } from './botocore/wire.ts';
import { serviceNames } from './model.ts';
import { modelledOperations } from './operations.ts';

/** @throws Error naming the service that this botocore does not have */
const readService = (directory: string, service: ServiceName): ServiceModel => {
  const versions = existsSync(join(directory, service)) ? readdirSync(join(directory, service)).sort() : [];
  const file = join(directory, service, versions.at(-1) ?? '', 'service-2.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ServiceModel;
  if (existsSync(`${file}.gz`)) {
    return JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString('utf8')) as ServiceModel;
  }
  throw new Error(`${directory} has no model of ${service}.`);
};

/** Keys in order, so that a newer botocore shows in a diff as what AWS changed. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};

const directory = process.argv[2];
if (directory === undefined) {
  console.error("Usage: node local/models/update.ts <botocore's data directory>");
  process.exit(2);
}
mkdirSync(new URL('./http/', import.meta.url), { recursive: true });
const allOperations: Record<string, string[]> = {};
for (const service of serviceNames) {
  const model = readService(directory, service);
  const operations = modelledOperations[service];
  allOperations[service] = Object.keys(model.operations).sort();
  writeFileSync(
    new URL(`./${service}.json`, import.meta.url),
    `${JSON.stringify(sorted(schemasOf(service, model, operations)), null, 1)}\n`,
  );
  writeFileSync(
    new URL(`./http/${service}.json`, import.meta.url),
    `${JSON.stringify(sorted(wireOf(model, operations)))}\n`,
  );
}
// A misspelt operation is another fault than one that this world has not.
writeFileSync(
  new URL('./all-operations.json', import.meta.url),
  `${JSON.stringify(allOperations, null, 1)}\n`,
);
