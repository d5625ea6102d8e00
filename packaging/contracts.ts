import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './root.ts';

export const schemaFolder = join(projectRoot, 'schemas');

export interface Contract {
  /** File name without `.schema.json`. */
  readonly name: string;
  readonly schema: { readonly $id: string; readonly title: string; readonly [keyword: string]: unknown };
}

/** Every schema in `schemas/`, in order of name. */
export function readContracts(): Contract[] {
  return readdirSync(schemaFolder)
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => ({
      name: file.replace('.schema.json', ''),
      schema: JSON.parse(readFileSync(join(schemaFolder, file), 'utf8')),
    }));
}
