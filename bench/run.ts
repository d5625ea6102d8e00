/** `npm run bench`: measures, prints what it found and writes it to bench/results.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackaged } from '../packaging/package.ts';
import { countAlarms } from './alarms.ts';
import { measureBundles } from './bundles.ts';
import { countCompilations } from './compilations.ts';
import { measureInterpreter } from './interpreter.ts';
import { describeMachine } from './machine.ts';
import { searchProtocol } from './protocol.ts';
import { measureReleases } from './releases.ts';
import { resultsText } from './results.ts';
import { measureRouting } from './route-events.ts';
import { playSchedules } from './schedules.ts';
import type { Section } from './section.ts';
import { countShifts } from './shifts.ts';
import { readStartRun } from './start-run.ts';
import { measureStartUp } from './start-up.ts';
import { countTransitions } from './transitions.ts';
import { countUploads } from './uploads.ts';
import { countWatches } from './watches.ts';

/** Progress goes beside the results, so that these can be piped on. */
async function step<Result>(doing: string, work: () => Result | Promise<Result>): Promise<Result> {
  process.stderr.write(`${doing} … `);
  const beganMs = performance.now();
  const result = await work();
  process.stderr.write(`${((performance.now() - beganMs) / 1000).toFixed(1)} s\n`);
  return result;
}

await step('packaging the stack, if it has changed', ensurePackaged);
const sections: Section[] = [
  await step('loading each function bundle', measureBundles),
  await step('counting transitions', countTransitions),
  await step('shifting in every way, and by polling', countShifts),
  await step('watching for days, and by polling', countWatches),
  await step('ringing alarms', countAlarms),
  await step('compiling for hours, and by polling', countCompilations),
  await step('gathering uploads', countUploads),
  await step('routing events', measureRouting),
  await step('opening worlds', measureStartUp),
  await step('searching the turns’ protocol', searchProtocol),
  await step('playing random schedules', () => playSchedules()),
  await step('simulating releases', measureReleases),
  await step('running state machines', measureInterpreter),
  readStartRun(),
];

const text = resultsText(describeMachine(), sections);
writeFileSync(join(import.meta.dirname, 'results.md'), text);
console.log(`\n${text}`);

const broken = sections.flatMap((section) => section.broken);
if (broken.length > 0) {
  console.error(`${broken.length} limits are broken:\n${broken.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = 1;
}
