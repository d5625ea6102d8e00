#!/usr/bin/env node
// Runs the command on Node 24, which lies beside the project (docs/decisions/0008): npx may have found an older one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

if (!existsSync(new URL('../node_modules/yaml', import.meta.url))) {
  console.error('Signalbox is not installed yet: run "npm ci" in its folder first.');
  process.exit(2);
}
const major = Number(process.versions.node.split('.')[0]);
if (major >= 24) {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = nodeBeside();
  // Without one it tells what to do, and ends this process.
  if (node === undefined) createRequire(import.meta.url)('../packaging/node-24.cjs');
  const self = fileURLToPath(import.meta.url);
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal tells both of Ctrl+C; whoever ends this one alone means both.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 1);
  });
}

/** The Node 24 that npm ci has put there for this platform. */
function nodeBeside() {
  const { platform, arch } = process;
  const system = platform === 'win32' ? 'win' : platform;
  const file = platform === 'win32' ? 'node.exe' : 'node';
  return [`node-${system}-${arch}`, `node-bin-${system}-${arch}`]
    .map((name) => fileURLToPath(new URL(`../node_modules/${name}/bin/${file}`, import.meta.url)))
    .find((path) => existsSync(path));
}
