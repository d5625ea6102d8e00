/** `npm start`: plays releases of flight-delay on the packaged stack, with real training and real traffic. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openWorld } from '../local/open-world.ts';
import type { ContainerJob } from '../local/runners/runner.ts';
import type { Scenario, SpotFate } from '../local/scenario.ts';
import type { World } from '../local/world.ts';
import { ensurePackaged } from '../packaging/package.ts';
import { PipelineFileError } from '../packaging/pipelines.ts';
import { projectRoot } from '../packaging/root.ts';
import { type Act, actsFor, pushFirstImage } from './acts.ts';
import { collect } from './collect.ts';
import { MemoryWatch } from './memory.ts';
import { HELP, type Options, OptionsError, readOptions } from './options.ts';
import type { ReportData } from './report/data.ts';
import { renderReport } from './report/render.ts';
import { summaryOf } from './summary.ts';
import { outcomeTable } from './terminal/outcome-table.ts';
import { createTree, hasColour, type Tree } from './terminal/tree.ts';
import { Clients } from './traffic.ts';
import { Watch } from './watch.ts';

const home = join(projectRoot, '.signalbox');
const ENDPOINT = 'flight-delay';

/** A release that takes longer than this many of the world's seconds is stuck. */
const LONGEST_RELEASE_SECONDS = 4 * 3600;

/** Spot takes the first job's instance when four checkpoints are in S3, once. */
function spot(): (job: ContainerJob) => SpotFate {
  let first: string | undefined;
  return ({ name, attempt }) => {
    first ??= name;
    return name === first && attempt === 1 ? { kind: 'reclaimed', afterCheckpoints: 4 } : { kind: 'kept' };
  };
}

async function main(options: Options): Promise<number> {
  const startedMs = performance.now();
  console.log('Packaging the stack as it would be deployed …');
  const packaged = await ensurePackaged();
  console.log(
    `${packaged ? 'Packaged' : 'Nothing has changed since the last time'}: .serverless/cloudformation-template-update-stack.json\n`,
  );

  rmSync(join(home, 'world'), { recursive: true, force: true });
  mkdirSync(join(home, 'world'), { recursive: true });
  let isFirstPush = true;
  const scenario: Scenario = {
    // AWS takes a minute or two; that is not what a rehearsal is about.
    provisioning: { jobSeconds: 60, uploadSeconds: 10, fleetSeconds: 90 },
    spot: spot(),
    // The first image was in the registry before this stack watched it.
    event: ({ source }) => {
      if (source !== 'aws.ecr' || !isFirstPush) return 'deliver';
      isFirstPush = false;
      return 'drop';
    },
  };
  const world = await openWorld({
    seed: options.seed,
    clock: { speed: options.speed },
    runner: 'process',
    scenario,
    directory: join(home, 'world'),
  });
  const memory = new MemoryWatch();
  memory.start();
  const tree = createTree(process.stdout);
  const watch = new Watch(world, tree);
  const clients = new Clients(world, ENDPOINT);
  const stopped = onStop();
  const startedAtMs = world.clock.now();
  const ticking = setInterval(() => void watch.tick(), 100);
  try {
    await world.lambda.warm();
    pushFirstImage(world);
    const acts = actsFor(options.only);
    for (const act of acts) {
      if (!(await play(act, world, watch, tree, clients, stopped))) break;
    }
    await clients.stop();
    clearInterval(ticking);
    await watch.tick();
    tree.close();

    const wallSeconds = Math.round((performance.now() - startedMs) / 100) / 10;
    const data = await collect({
      world,
      watch,
      clients,
      speed: options.speed,
      startedAtMs,
      wallSeconds,
      peakRssMb: await memory.stop(),
    });
    write(data);
    const good = tell(data, acts, stopped.aborted);
    if (options.keep && !stopped.aborted) await keepOpen(world, stopped);
    return good ? 0 : 1;
  } finally {
    clearInterval(ticking);
    tree.close();
    watch.close();
    await clients.stop();
    await world.close();
  }
}

/** @returns false when the person stopped it */
async function play(
  act: Act,
  world: World,
  watch: Watch,
  tree: Tree,
  clients: Clients,
  stopped: AbortSignal,
): Promise<boolean> {
  const before = watch.releases.size;
  tree.note({ text: `${act.number}. ${act.title}`, atMs: world.clock.now() });
  act.act(world);
  await world.clock.runUntil(() => {
    if (isServing(world)) clients.start();
    return (
      stopped.aborted ||
      (watch.releases.size > before && [...watch.releases.values()].every(({ stage }) => stage === 'ended'))
    );
  }, LONGEST_RELEASE_SECONDS * 1000);
  return !stopped.aborted;
}

const isServing = (world: World): boolean =>
  world.journal.entries.some(
    ({ subject, what }) => subject === `sagemaker/endpoint/${ENDPOINT}` && what.startsWith('InService'),
  );

function write(data: ReportData): void {
  writeFileSync(join(home, 'report.json'), JSON.stringify(data));
  writeFileSync(join(home, 'report.html'), renderReport(data));
  writeFileSync(join(home, 'summary.json'), `${JSON.stringify(summaryOf(data), null, 2)}\n`);
}

function tell(data: ReportData, acts: readonly Act[], isStopped: boolean): boolean {
  const { requests, failed, failedOnChampion } = data.traffic;
  console.log(
    `\n${outcomeTable(data.releases, { columns: process.stdout.columns ?? 100, colour: process.stdout.isTTY && hasColour(process.env) })}\n`,
  );
  console.log(`${requests} real requests, ${failed} failed, ${failedOnChampion} of them on a champion.`);
  console.log(
    `${data.wallSeconds} s on the clock on the wall, ${data.peakRssMb} MB for all processes at the most.`,
  );
  console.log(`\nReport:  ${relative(process.cwd(), join(home, 'report.html'))}`);
  console.log(`Summary: ${relative(process.cwd(), join(home, 'summary.json'))}`);
  const told = data.releases.map(({ outcome }) => outcome ?? 'no outcome');
  const expected = acts.map((act) => act.expected as string);
  if (told.join() === expected.join()) return true;
  if (isStopped) {
    console.error('\nStopped before the end.');
    return false;
  }
  console.error(
    `\nThis is not how it should end: ${told.join(', ') || 'nothing'} instead of ${expected.join(', ')}.`,
  );
  return false;
}

/** Ctrl+C ends the run in good order: children stop, the cursor comes back. A second one ends it at once. */
function onStop(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

async function keepOpen(world: World, stopped: AbortSignal): Promise<void> {
  console.log(`\nThe world stays open at ${world.endpointUrl} until Ctrl+C.`);
  await new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve(), { once: true }));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(HELP);
  else process.exitCode = await main(options);
} catch (error) {
  if (error instanceof OptionsError) console.error(`${error.message}\n\n${HELP}`);
  else if (error instanceof PipelineFileError) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}
