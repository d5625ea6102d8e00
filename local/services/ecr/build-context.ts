import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files by their path in the image, with `/` between its parts. */
export type ContextFiles = ReadonlyMap<string, Uint8Array>;

/** Never part of an image, whether `.dockerignore` says so or not: a Dockerfile installs its own, and no line of it is run here. */
const ALWAYS_IGNORED = ['node_modules'];

/**
 * What `docker build` would copy from a directory, with the files of `overlay`
 * laid over it. Files that begin with a dot stay out.
 */
export const readContext = (directory: string, overlay?: string): ContextFiles => {
  const files = new Map<string, Uint8Array>();
  const isIgnored = ignoreRules(directory);
  collect(directory, '', isIgnored, files);
  if (overlay !== undefined) collect(overlay, '', isIgnored, files);
  return files;
};

/** SHA-256 over the files in the order of their paths, each part with its length before it, in hex. */
export const digestOf = (files: ContextFiles, dockerfile: string): string => {
  const hash = createHash('sha256').update(`${dockerfile.length} ${dockerfile}`);
  for (const path of [...files.keys()].sort()) {
    const bytes = files.get(path)!;
    hash.update(`${path.length} ${path} ${bytes.length} `).update(bytes);
  }
  return hash.digest('hex');
};

const collect = (
  directory: string,
  under: string,
  isIgnored: (path: string) => boolean,
  files: Map<string, Uint8Array>,
): void => {
  for (const entry of readdirSync(join(directory, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.name.startsWith('.') || isIgnored(path)) continue;
    if (entry.isDirectory()) collect(directory, path, isIgnored, files);
    else if (entry.isFile()) files.set(path, readFileSync(join(directory, path)));
  }
};

/** `.dockerignore` with plain paths and `*`; exceptions (`!`) are not understood. */
const ignoreRules = (directory: string): ((path: string) => boolean) => {
  const file = join(directory, '.dockerignore');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : [];
  const rules = [...ALWAYS_IGNORED, ...lines]
    .map((line) =>
      line
        .trim()
        .replace(/^\.?\//, '')
        .replace(/\/$/, ''),
    )
    .filter((line) => line !== '' && !line.startsWith('#'));
  const exception = rules.find((rule) => rule.startsWith('!'));
  if (exception !== undefined) throw new Error(`${file}: exceptions are not understood here: ${exception}`);
  const expressions = rules.map((rule) => {
    const pattern = rule
      .split('**/')
      .map((part) => part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'))
      .join('(?:.*/)?');
    return new RegExp(`^${pattern}(?:/|$)`);
  });
  return (path) => expressions.some((expression) => expression.test(path));
};
