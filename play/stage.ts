import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { JournalEntry } from '../local/journal.ts';
import { openWorld } from '../local/open-world.ts';
import type { Scenario } from '../local/scenario.ts';
import type { World } from '../local/world.ts';
import { ensurePackaged, packageFolder } from '../packaging/package.ts';
import { PipelineFileError } from '../packaging/pipelines.ts';
import { projectRoot } from '../packaging/root.ts';
import { collect } from './collect.ts';
import { MemoryWatch } from './memory.ts';
import { onStop } from './on-stop.ts';
import { OptionsError } from './options.ts';
import { Phases } from './phases.ts';
import type { ReportData } from './report/data.ts';
import { renderReport } from './report/render.ts';
import { furthestOff, summaryOf } from './summary.ts';
import { outcomeTable } from './terminal/outcome-table.ts';
import { createTree, hasColour } from './terminal/tree.ts';
import { Clients } from './traffic.ts';
import { Watch } from './watch.ts';

const home = join(projectRoot, '.signalbox');

/** A release that takes longer than this many of the world's seconds is stuck. */
const LONGEST_RELEASE_SECONDS = 4 * 3600;

/** What a person does to the world; it asks for at least one release. */
export interface Step {
  readonly title: string;
  act(world: World): void | Promise<void>;
}

export interface Rehearsal {
  readonly seed: number;
  /** Seconds of the world in one real second. */
  readonly speed: number;
  readonly scenario: Scenario;
  /** What is there before the first step. */
  prepare(world: World): void | Promise<void>;
  readonly steps: readonly Step[];
  /** Answers what the journal tells; returns a line for people, or undefined. */
  hear?(entry: JournalEntry, world: World): string | undefined;
  /** Real requests to this endpoint as soon as it serves; none without. */
  readonly clientsOf?: string;
  /** Another pipeline than those of the project, under the name it was asked for by, in a package of its own. */
  readonly package?: { readonly name: string; pack(): string };
  /** Leave the world open at the end. */
  readonly keep: boolean;
}

export interface Rehearsed {
  readonly data: ReportData;
  readonly isStopped: boolean;
}

/** Plays a rehearsal on the packaged stack, telling it as it goes, and writes report and summary. */
export async function rehearse(
  rehearsal: Rehearsal,
  judge: (rehearsed: Rehearsed) => boolean,
): Promise<number> {
  const startedMs = performance.now();
  const packageDirectory = await packageFor(rehearsal);
  const world = await openEmptyWorld(rehearsal, packageDirectory);
  const memory = new MemoryWatch();
  memory.start();
  const tree = createTree(process.stdout);
  const watch = new Watch(world, tree);
  const stopHearing = world.journal.listen((entry) => {
    const text = rehearsal.hear?.(entry, world);
    if (text !== undefined) tree.note({ text, atMs: entry.atMs });
  });
  const clients = new Clients(world, rehearsal.clientsOf ?? '');
  const phases = new Phases(world, rehearsal.clientsOf ?? '');
  const stopped = onStop();
  const startedAtMs = world.clock.now();
  const ticking = setInterval(() => void watch.tick(), 100);
  try {
    await world.lambda.warm();
    await rehearsal.prepare(world);
    for (const step of rehearsal.steps) {
      tree.note({ text: step.title, atMs: world.clock.now() });
      const isOver = await play(step, world, watch, () => {
        if (isServing(world, clients.endpoint)) clients.start();
        return stopped.aborted;
      });
      if (!isOver) tree.note({ text: stuck(watch), atMs: world.clock.now() });
      if (stopped.aborted || !isOver) break;
    }
    await clients.stop();
    clearInterval(ticking);
    await watch.tick();
    tree.close();

    const wallSeconds = Math.round((performance.now() - startedMs) / 100) / 10;
    const peakRssMb = await memory.stop();
    const data = await collect({
      pipelineFile: rehearsal.package?.name,
      world,
      watch,
      clients,
      phases,
      packageDirectory,
      speed: rehearsal.speed,
      startedAtMs,
      wallSeconds,
      peakRssMb,
    });
    write(data);
    tell(data);
    const isGood = judge({ data, isStopped: stopped.aborted });
    if (rehearsal.keep && !stopped.aborted) await keepOpen(world, stopped);
    return isGood ? 0 : 1;
  } finally {
    clearInterval(ticking);
    stopHearing();
    tree.close();
    watch.close();
    phases.close();
    await clients.stop();
    await world.close();
  }
}

/** @returns the folder with the package that is played */
async function packageFor({ package: own }: Rehearsal): Promise<string> {
  console.log(`Packaging the stack as it would be deployed${own ? ` with ${own.name}` : ''} …`);
  const isNew = own !== undefined || (await ensurePackaged());
  const folder = own?.pack() ?? packageFolder;
  const template = relative(projectRoot, join(folder, 'cloudformation-template-update-stack.json'));
  console.log(`${isNew ? 'Packaged' : 'Nothing has changed since the last time'}: ${template}\n`);
  return folder;
}

/** With real processes as containers; what an earlier run left behind is gone. */
async function openEmptyWorld(
  { seed, speed, scenario }: Rehearsal,
  packageDirectory: string,
): Promise<World> {
  const directory = join(home, 'world');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  return openWorld({ seed, clock: { speed }, runner: 'process', scenario, directory, packageDirectory });
}

/**
 * Acts, then lets time pass until every release that was asked for is told.
 *
 * @returns false when that took too long
 */
async function play(step: Step, world: World, watch: Watch, isStopped: () => boolean): Promise<boolean> {
  const before = watch.releases.size;
  await step.act(world);
  const isOver = () =>
    watch.releases.size > before && [...watch.releases.values()].every(({ stage }) => stage === 'ended');
  const lastMs = world.clock.now() + LONGEST_RELEASE_SECONDS * 1000;
  await world.clock.runUntil(() => isStopped() || isOver() || world.clock.now() > lastMs);
  return isStopped() || isOver();
}

/** Told where the first release still waits, or that none has begun. */
function stuck({ releases }: Watch): string {
  const waits = [...releases.values()].find(({ stage }) => stage !== 'ended');
  const hours = LONGEST_RELEASE_SECONDS / 3600;
  return waits === undefined
    ? `No release has begun in ${hours} h of the world's time.`
    : `${waits.id} has not ended in ${hours} h of the world's time; the rehearsal ends without it.`;
}

const isServing = (world: World, endpoint: string): boolean =>
  world.journal.entries.some(
    ({ subject, what }) => subject === `sagemaker/endpoint/${endpoint}` && what.startsWith('InService'),
  );

function write(data: ReportData): void {
  writeFileSync(join(home, 'report.json'), JSON.stringify(data));
  writeFileSync(join(home, 'report.html'), renderReport(data));
  writeFileSync(join(home, 'summary.json'), `${JSON.stringify(summaryOf(data), null, 2)}\n`);
}

function tell({ releases, traffic, wallSeconds, peakRssMb }: ReportData): void {
  const colour = process.stdout.isTTY && hasColour(process.env);
  console.log(`\n${outcomeTable(releases, { columns: process.stdout.columns ?? 100, colour })}\n`);
  if (traffic.requests > 0) {
    const { requests, failed, failedOnChampion } = traffic;
    console.log(`${requests} real requests, ${failed} failed, ${failedOnChampion} of them on a champion.`);
  }
  const furthest = furthestOff(traffic);
  if (furthest !== undefined) {
    console.log(
      `The challenger’s share was never more than ${(furthest * 100).toFixed(1)} points off what it should carry.`,
    );
  }
  console.log(`${wallSeconds} s on the clock on the wall, ${peakRssMb} MB for all processes at the most.`);
  console.log(`\nReport:  ${relative(process.cwd(), join(home, 'report.html'))}`);
  console.log(`Summary: ${relative(process.cwd(), join(home, 'summary.json'))}`);
}

async function keepOpen(world: World, stopped: AbortSignal): Promise<void> {
  console.log(`
The world stays open until Ctrl+C. From another terminal, for example:

  export AWS_ENDPOINT_URL=${world.endpointUrl} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=${world.region}
  aws stepfunctions list-executions --state-machine-arn ${world.outputs.ReleaseMachineArn}
  aws stepfunctions start-execution --state-machine-arn ${world.outputs.ReleaseMachineArn} --input '{"pipeline": "flight-delay"}'

npm run local opens a world for this alone, and tells how to act as a role of the stack.`);
  await new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve(), { once: true }));
  console.log('The world is closed.');
}

/** Runs a command's main function; what a person can mend is told without a stack. */
export async function runCommand(main: () => Promise<number>, help: string): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof OptionsError) console.error(`${error.message}\n\n${help}`);
    else if (error instanceof PipelineFileError) console.error(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
