// What npm runs after an install: makes the generated code. npx runs it, too, where nothing is installed yet, and
// keeps a broken copy for good when it fails; so there it only says what comes first. Any Node can read it.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');

if (!existsSync(join(__dirname, '../node_modules/yaml'))) {
  console.error('Run "npm ci" first.');
} else {
  require('./node-24.cjs');
  const { status } = spawnSync(process.execPath, [join(__dirname, 'generate.ts')], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
