import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unpack } from '../local/services/lambda/function-code.ts';
import { bundleFindings, LARGEST_DECIDING_BUNDLE_BYTES, readBundles } from '../packaging/checks/bundles.ts';
import { readTemplate } from '../packaging/checks/template.ts';
import { packageFolder } from '../packaging/package.ts';
import { BARE, runChild } from './child.ts';
import { median, ratio, rounded } from './numbers.ts';
import type { Section } from './section.ts';

const STARTS = 15;

/** What Lambda sets and the code reads while it loads. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  ...Object.fromEntries(
    [
      'RELEASE_STATE_MACHINE_ARN',
      'ROLLBACK_STATE_MACHINE_ARN',
      'COLLECT_STATE_MACHINE_ARN',
      'LEDGER_TABLE',
      'ARTIFACT_BUCKET',
      'DEAD_LETTER_QUEUE_URL',
    ].map((name) => [name, 'none']),
  ),
  POWERTOOLS_LOG_LEVEL: 'INFO',
};

/** How large each function is and how long its code takes to load. */
export function measureBundles(): Section {
  const template = readTemplate();
  const bundles = readBundles(template);
  const sources = [
    BARE,
    ...bundles.map(({ name }) => `await import(${JSON.stringify(moduleOf(name))});${BARE}`),
  ];

  // Taken in turns, so that a slow moment of the machine meets all of them.
  const rounds = Array.from({ length: STARTS + 1 }, () =>
    sources.map((source) => runChild<{ readyMs: number }>(source, ENVIRONMENT).readyMs),
  ).slice(1);
  const [bareMs, ...readyMs] = sources.map((_, index) => median(rounds.map((round) => round[index]!)));

  return {
    title: 'Function bundles',
    how: `From the start of a Node process until the bundle is loaded, median of ${STARTS} processes; a bare Node is ready after ${rounded(bareMs!)} ms. A deciding function stays under ${LARGEST_DECIDING_BUNDLE_BYTES.toLocaleString('en-GB')} bytes and carries no AWS SDK.`,
    columns: ['function', 'bytes', 'limit', 'AWS SDK', 'load, ms', 'start beside bare Node'],
    rows: bundles.map(({ name, bytes, hasSdk, acts }, index) => [
      name,
      bytes.toLocaleString('en-GB'),
      acts ? 'none, it acts' : LARGEST_DECIDING_BUNDLE_BYTES.toLocaleString('en-GB'),
      hasSdk ? 'yes' : 'no',
      rounded(Math.max(0, readyMs[index]! - bareMs!)),
      ratio(readyMs[index]!, bareMs!),
    ]),
    broken: bundleFindings(template),
  };
}

function moduleOf(name: string): string {
  const { directory } = unpack(join(packageFolder, `${name}.zip`));
  return pathToFileURL(join(directory, 'functions', name, 'handler.mjs')).href;
}
