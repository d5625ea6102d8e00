import { spawn } from 'node:child_process';
import { projectRoot } from './root.ts';

/** Runs this Node with these arguments in the project's folder, and gives everything it said. */
export function outputOf(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly isSuccess: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const run = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [run.stdout, run.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    run.on('error', (error) => resolve({ isSuccess: false, output: `${output}${error.message}` }));
    run.on('close', (code) => resolve({ isSuccess: code === 0, output }));
  });
}
