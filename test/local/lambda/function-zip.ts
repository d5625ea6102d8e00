import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';

const directory = mkdtempSync(join(tmpdir(), 'functions-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let zips = 0;

/** Writes a package with these files, as `serverless package` does, and answers its path. */
export const functionZip = (files: Record<string, string>): string => {
  zips += 1;
  const path = join(directory, `${zips}.zip`);
  const bytes = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
  writeFileSync(path, zipSync(Object.fromEntries(bytes), { mtime: '2026-01-01' }));
  return path;
};

export const roleArn = 'arn:aws:iam::123456789012:role/function';
