import { createRequire, isBuiltin } from 'node:module';

const require = createRequire(import.meta.url);

/** Processes, threads and realms of its own a function gets only in a worker. */
const ONLY_IN_WORKERS = new Set([
  'child_process',
  'cluster',
  'inspector',
  'inspector/promises',
  'repl',
  'sea',
  'sqlite',
  'test',
  'test/reporters',
  'trace_events',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
]);

/** Whether a module can be had in this thread: one of Node's own that touches nothing of ours. */
export const isOffered = (name: string): boolean => isBuiltin(name) && !ONLY_IN_WORKERS.has(bare(name));

/**
 * Node's modules as a function in this thread sees them, for its imports and, by
 * `createRequire`, its requires.
 *
 * @param own those of which the function has its own, such as `process`
 */
export const importsFor = (
  file: string,
  own: Readonly<Record<string, unknown>>,
): ((name: string) => unknown) => {
  const load = (name: string, missing: () => Error): unknown => {
    if (Object.hasOwn(own, bare(name))) return own[bare(name)];
    if (bare(name) === 'module') return { createRequire: () => required };
    if (isOffered(name)) return require(name);
    throw missing();
  };
  const required = Object.assign((name: string) => load(name, () => notRequired(name, file)), {
    resolve: (name: string) => name,
  });
  return file.endsWith('.mjs') ? (name) => load(name, () => notImported(name, file)) : required;
};

const notImported = (name: string, file: string): Error =>
  Object.assign(new Error(`Cannot find package '${name}' imported from ${file}`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

const notRequired = (name: string, file: string): Error =>
  Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- ${file}`), {
    code: 'MODULE_NOT_FOUND',
  });

const bare = (name: string): string => name.replace(/^node:/, '');
