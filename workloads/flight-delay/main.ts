// The image's entry point. SageMaker says `train` or `serve`; a processing job passes the word itself.

import { compile } from './compile.ts';
import { containerFromEnvironment, RefusedInputError, tellSageMaker } from './container.ts';
import { evaluate } from './evaluate.ts';
import { processFlights, processOptionsFromEnvironment } from './process.ts';
import { serve, serveOptionsFromEnvironment } from './serve.ts';
import { train } from './train.ts';

const container = containerFromEnvironment();
const commands: Readonly<Record<string, () => Promise<void>>> = {
  process: () => processFlights(container, processOptionsFromEnvironment()),
  train: () => train(container),
  compile: () => compile(container),
  evaluate: () => evaluate(container),
  serve: () => serve(container, serveOptionsFromEnvironment()),
};

// Where SageMaker looks for the reason depends on the kind of job.
const failures = new Set(['train', 'compile']);

const name = process.argv[2] ?? '';
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;

// As process 1 of a container we would not react to SIGTERM at all unless we asked for it. Leaving at once
// is safe: every file appears whole or not at all. Serving has its own way of closing.
if (name !== 'serve') process.once('SIGTERM', () => process.exit(143));

if (!command) {
  process.stderr.write(`Usage: node main.ts ${Object.keys(commands).join(' | ')}; got "${name}"\n`);
  process.exitCode = 2;
} else {
  try {
    await command();
  } catch (error) {
    await report(error as Error);
    process.exitCode = 1;
  }
}

async function report(error: Error): Promise<void> {
  // A refusal is for whoever delivered the input; only a fault of ours is worth a stack trace.
  const isRefusal = error instanceof RefusedInputError;
  process.stderr.write(`${isRefusal ? error.message : error.stack}\n`);
  const said = isRefusal ? error.message : `${error.name}: ${error.message}`;
  await tellSageMaker(container, failures.has(name) ? 'failure' : 'message', said).catch(() => {});
}
