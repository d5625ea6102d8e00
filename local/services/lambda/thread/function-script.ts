import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { remembered } from '../../../remembered.ts';
import { handlerPlace } from '../runtime/handler-name.ts';
import { isOffered } from './modules.ts';

const require = createRequire(import.meta.url);

/** A function's one file as a script whose value is a CommonJS wrapper. */
export interface FunctionScript {
  readonly file: string;
  readonly exported: string;
  readonly script: Script;
}

const known = new Map<string, FunctionScript | undefined>();

/**
 * A packaged function as this thread can run it, once per package.
 *
 * @returns undefined for what is better off in a worker: code in several files
 * or with packages beside it, that starts processes or threads, or that awaits
 * or fails while it is read
 */
export const functionScript = (directory: string, handler: string): FunctionScript | undefined =>
  remembered(known, `${directory} ${handler}`, () => {
    const place = handlerPlace(directory, handler);
    if ('payload' in place) return undefined;
    const source = readFileSync(place.file, 'utf8');
    if (!standsAlone(source, place.file)) return undefined;
    try {
      const isModule = place.file.endsWith('.mjs');
      const code = isModule ? asCommonJs(source, directory, place.file) : source;
      const script = new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
        filename: isModule ? pathToFileURL(place.file).href : place.file,
      });
      return { ...place, script };
    } catch {
      return undefined;
    }
  });

/**
 * V8 offers modules in a realm of their own only behind a flag of Node, so the
 * bundle's `import` and `export` become CommonJS; nothing else in it changes.
 * The translation is kept beside the unpacked package, whose name is its content.
 */
const asCommonJs = (source: string, directory: string, file: string): string => {
  const kept = join(`${directory}.scripts`, `${file.slice(directory.length + 1).replaceAll('/', '~')}.cjs`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { transformSync } = require('esbuild') as typeof import('esbuild');
  const { code } = transformSync(source, {
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minifyWhitespace: true,
    legalComments: 'none',
    supported: { 'dynamic-import': false },
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(file).href),
      'import.meta.filename': JSON.stringify(file),
      'import.meta.dirname': JSON.stringify(dirname(file)),
    },
  });
  mkdirSync(dirname(kept), { recursive: true });
  // Written aside and then renamed: another process may be doing the same.
  const aside = join(dirname(kept), `${process.pid}.${basename(kept)}`);
  writeFileSync(aside, code);
  renameSync(aside, kept);
  return code;
};

/** What a text imports or requires, and what only looks like it: that costs no more than a worker. */
const NAMED = /(?:\bfrom\s*|\bimport\s*\(?\s*|require\w*\s*\(\s*)(["'`])([^"'`\n]+)\1/gi;

/** What is missing for a function is missing in this thread as well. */
const standsAlone = (source: string, file: string): boolean => {
  const { resolve } = createRequire(file);
  return [...source.matchAll(NAMED)].every(([, , name]) => {
    if (isOffered(name!)) return true;
    if (name!.startsWith('.')) return false;
    try {
      resolve(name!);
      return false;
    } catch {
      return true;
    }
  });
};
