import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';

/** Writes a package with these files, as `serverless package` does, and answers its path. */
export const functionZip = (files: Record<string, string>): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'function-')), 'function.zip');
  const bytes = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
  writeFileSync(path, zipSync(Object.fromEntries(bytes), { mtime: '2026-01-01' }));
  return path;
};

export const roleArn = 'arn:aws:iam::123456789012:role/function';
