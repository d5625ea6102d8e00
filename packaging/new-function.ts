/**
 * `npm run new -- judge-challenger`: lays down a deciding function in its four
 * places under one name (function, handler, both contracts, test), enters it in
 * serverless.yml and tells what is left to paste.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { generate } from './generate.ts';
import { functionFiles, namesOf, remainingSteps, stackEntry } from './new-function-texts.ts';
import { projectRoot } from './root.ts';

/** The name will not do, or its places are taken; nothing was written. */
export class NewFunctionRefusedError extends Error {
  override readonly name = 'NewFunctionRefusedError';
}

export interface NewFunction {
  /** What was written, by path from the root. */
  readonly files: readonly string[];
  /** What a person still has to paste, and where. */
  readonly remaining: string;
}

/** Lambda's limit is 64, of which the stack's prefix takes up to 25. */
const LONGEST_NAME = 38;

/** A verb and its object, as a state says it: `judge-challenger`. */
const NAME = /^[a-z]+(-[a-z]+)+$/;

/** @throws NewFunctionRefusedError */
export function newFunction(name: string | undefined, root: string = projectRoot): NewFunction {
  const refusal = nameFault(name);
  if (refusal !== undefined) throw new NewFunctionRefusedError(refusal);
  const names = namesOf(name!);
  const files = functionFiles(names);

  const stackFile = join(root, 'serverless.yml');
  const stack = readFileSync(stackFile, 'utf8');
  const taken = Object.keys(files).filter((file) => existsSync(join(root, file)));
  if (names.name in (parseStack(stack).functions ?? {})) taken.push(`serverless.yml (functions.${name})`);
  if (taken.length > 0) {
    throw new NewFunctionRefusedError(`The name ${name} is taken: ${taken.join(', ')}. Nothing was written.`);
  }

  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), file.endsWith('.ts') ? formatted(file, text) : text);
  }
  const entered = withEntry(stack, stackEntry(names), names.name);
  if (entered !== undefined) writeFileSync(stackFile, entered);
  return {
    files: [...Object.keys(files), ...(entered === undefined ? [] : ['serverless.yml'])],
    remaining: remainingSteps(names, entered === undefined),
  };
}

function nameFault(name: string | undefined): string | undefined {
  const example = 'for example: npm run new -- judge-challenger';
  if (name === undefined || name === '') return `Name the function, ${example}`;
  if (!NAME.test(name)) {
    return `${JSON.stringify(name)} is no name for a function: a verb and its object, in small letters joined by hyphens, ${example}`;
  }
  if (name.length > LONGEST_NAME) {
    return `${name} has ${name.length} characters; at most ${LONGEST_NAME} fit into Lambda's limit beside the stack's name.`;
  }
  return undefined;
}

interface Stack {
  readonly functions?: Readonly<Record<string, unknown>>;
}

/** Without complaint about CloudFormation's own tags, such as `!Ref`. */
const parseStack = (text: string): Stack => parse(text, { logLevel: 'error' });

/** The stack with one function more, comments and all; undefined where it is not laid out as expected. */
function withEntry(stack: string, entry: string, name: string): string | undefined {
  const end = /^functions:\n(?:[ #].*\n|\n)*?(?=\n*^[A-Za-z])/m.exec(stack);
  if (end === null) return undefined;
  const at = end.index + end[0].length;
  const changed = `${stack.slice(0, at).trimEnd()}\n\n${entry}\n${stack.slice(at).trimStart()}`;
  // Text was edited, so the meaning is compared: one entry more and nothing else.
  const { functions: { [name]: added, ...functions } = {}, ...rest } = parseStack(changed);
  return added !== undefined && isDeepStrictEqual({ ...rest, functions }, parseStack(stack))
    ? changed
    : undefined;
}

/** As `biome ci` wants it, however long the name is. */
function formatted(file: string, text: string): string {
  const biome = join(projectRoot, 'node_modules/@biomejs/biome/bin/biome');
  const run = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    cwd: projectRoot,
    encoding: 'utf8',
    input: text,
  });
  return run.status === 0 ? run.stdout : text;
}

if (process.argv[1] === import.meta.filename) {
  try {
    const { files, remaining } = newFunction(process.argv[2]);
    await generate();
    console.log(`Written:\n${files.map((file) => `  ${file}`).join('\n')}\n\n${remaining}`);
  } catch (error) {
    if (!(error instanceof NewFunctionRefusedError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
