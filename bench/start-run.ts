import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../packaging/root.ts';
import { rounded } from './numbers.ts';
import type { Section } from './section.ts';

const summaryFile = join(projectRoot, '.signalbox/summary.json');

/** What the last `npm start` took; it is not run again here. */
export function readStartRun(): Section {
  const title = '`npm start`';
  if (!existsSync(summaryFile)) {
    const how = 'Not measured: there is no `.signalbox/summary.json` yet. Run `npm start`, then this again.';
    return { title, how, columns: [], rows: [], broken: [] };
  }
  const { wallSeconds, peakRssMb, releases } = JSON.parse(readFileSync(summaryFile, 'utf8')) as {
    wallSeconds: number;
    peakRssMb: number;
    releases: { outcome: string | null }[];
  };
  return {
    title,
    how: `The run of ${statSync(summaryFile).mtime.toISOString().slice(0, 10)} with its child processes, as its own summary tells: ${releases.map(({ outcome }) => outcome ?? 'unfinished').join(', ')}.`,
    columns: ['measure', 'told', 'meant to stay under'],
    rows: [
      ['wall clock, s', rounded(wallSeconds), '90'],
      ['peak memory of all processes, MB', rounded(peakRssMb), '1,024'],
    ],
    broken: [],
  };
}
