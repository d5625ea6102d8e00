// Copies the API models this world needs from a directory of models: node local/models/update.ts <directory>
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from './model.ts';

const source = process.argv[2];
if (source === undefined) {
  console.error('Usage: node local/models/update.ts <directory with <service>.json files>');
  process.exit(2);
}
for (const service of serviceNames) {
  const file = join(source, `${service}.json`);
  if (!existsSync(file)) {
    console.error(`${file} is missing: ${service} keeps the model it has.`);
    continue;
  }
  copyFileSync(file, new URL(`./${service}.json`, import.meta.url));
}
