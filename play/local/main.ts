/** `npm run local`: the packaged stack on this machine, open to the AWS CLI and the SDKs until it is stopped. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmptyWorld, openWorld, type WorldOptions } from '../../local/open-world.ts';
import type { World } from '../../local/world.ts';
import { ensurePackaged } from '../../packaging/package.ts';
import { projectRoot } from '../../packaging/root.ts';
import { goodJob } from '../good-job.ts';
import { onStop } from '../on-stop.ts';
import { OptionsError } from '../options.ts';
import { PROVISIONING, spotTakesFirstJob } from '../scenarios.ts';
import { runCommand } from '../stage.ts';
import { createTree, hasColour } from '../terminal/tree.ts';
import { Watch } from '../watch.ts';
import { accessTo, shellFile } from './access.ts';
import { HELP, type LocalOptions, readLocalOptions } from './options.ts';
import { putSample, writeSampleFiles } from './sample.ts';
import { readyLine, type Told, welcome } from './told.ts';
import { worthTelling } from './worth-telling.ts';

await runCommand(async () => {
  const options = readLocalOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  const stopped = onStop();
  if (!options.empty) {
    if (!options.json) console.log('Packaging the stack as it would be deployed …\n');
    await ensurePackaged();
  }
  const world = await open(options);
  try {
    if (!stopped.aborted) await serve(world, options, stopped);
  } finally {
    await world.close();
  }
  if (!options.json) console.log('The world is closed.');
  return 0;
}, HELP);

/** @throws OptionsError for a port that somebody else has */
async function open(options: LocalOptions): Promise<World> {
  const { seed, speed, port, runner, directory } = options;
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const common: WorldOptions = {
    seed,
    // As on the wall, so that files on this machine are not newer than what is uploaded.
    now: new Date().toISOString(),
    clock: { speed },
    runner,
    ...(port !== undefined && { port }),
    ...(directory !== undefined && { directory }),
  };
  try {
    return options.empty ? await openEmptyWorld(common) : await openWithSample(common, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new OptionsError(
      `Port ${port} on 127.0.0.1 is taken. Give another --port, or none for a free one.`,
    );
  }
}

/** The stack, with an image and flights that were there before it listened. */
async function openWithSample(common: WorldOptions, options: LocalOptions): Promise<World> {
  let isOpen = false;
  const world = await openWorld({
    ...common,
    packageDirectory: join(projectRoot, '.serverless'),
    scenario: {
      provisioning: PROVISIONING,
      // Asked by the simulated runner alone.
      job: (job) => goodJob(job, 300),
      event: () => (isOpen ? 'deliver' : 'drop'),
      ...(options.scenario === 'spot' && { spot: spotTakesFirstJob() }),
    },
  });
  putSample(world, options);
  isOpen = true;
  return world;
}

/** Tells how to reach the world and what happens in it, until it is stopped. */
async function serve(world: World, options: LocalOptions, stopped: AbortSignal): Promise<void> {
  await world.lambda.warm();
  const access = accessTo(world);
  const file = join(world.directory, 'exports.sh');
  writeFileSync(file, shellFile(access));
  const told: Told = {
    world,
    access,
    shellFile: file,
    samples: options.empty ? undefined : writeSampleFiles(world),
    speed: options.speed,
  };
  const stopTelling = options.json ? tellJson(told) : tellPeople(told);
  await new Promise<void>((resolve) => {
    if (stopped.aborted) resolve();
    else stopped.addEventListener('abort', () => resolve(), { once: true });
  });
  stopTelling();
}

function tellJson(told: Told): () => void {
  console.log(readyLine(told));
  return told.world.journal.listen((entry) => console.log(JSON.stringify(entry)));
}

function tellPeople(told: Told): () => void {
  const { world } = told;
  console.log(welcome(told, process.stdout.isTTY && hasColour(process.env)));
  const tree = createTree(process.stdout);
  const watch = new Watch(world, tree);
  const stopListening = world.journal.listen((entry) => {
    const text = worthTelling(entry);
    if (text !== undefined) tree.note({ text, atMs: entry.atMs });
  });
  const ticking = setInterval(() => void watch.tick(), 100);
  return () => {
    clearInterval(ticking);
    stopListening();
    watch.close();
    tree.close();
  };
}
