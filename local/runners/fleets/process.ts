import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseS3Uri } from '../../services/sagemaker/jobs/storage.ts';
import { unpackTarGz } from '../../tar.ts';
import type { World } from '../../world.ts';
import { imageCommand } from '../image-command.ts';
import { ChildProcess } from '../jobs/child-process.ts';
import type { Fleet, FleetRunner, FleetSpec } from '../runner.ts';
import { PingFailedError } from './errors.ts';
import { freePort } from './free-port.ts';
import { HttpContainer } from './http-container.ts';
import { processLoad } from './process-load.ts';

/** A container's own start-up takes real time, however fast the world's clock runs. */
const LEAST_START_UP_MS = 30_000;

/** Between two looks at `/ping`, in real milliseconds. */
const PING_AGAIN_MS = 50;

/** How often a start is tried again when another program took the port first. */
const PORT_ATTEMPTS = 3;

/** SIGKILL follows SIGTERM after this time of the world. Source: "Custom inference code with hosting services". */
const STOP_SECONDS = 30;

/** However fast the clock: what a program needs to say goodbye, in real milliseconds. */
const LEAST_STOP_MS = 3_000;

/** One `serve` process with its HTTP side. */
interface Container {
  readonly process: ChildProcess;
  readonly http: HttpContainer;
  isStopping: boolean;
  hasEnded: boolean;
}

/**
 * Fleets as real processes: the workload's own `serve` answers real HTTP on
 * 127.0.0.1. One process stands for all instances of a fleet; what a number of
 * instances means is the router's business. A process that dies is not
 * replaced: from then on its fleet answers 503.
 */
export function createProcessFleets(world: World): FleetRunner {
  const running = new Set<Container>();
  const killAll = (): void => {
    for (const container of running) container.process.kill();
  };
  process.once('exit', killAll);
  let started = 0;
  let closed = false;

  const run = async (spec: FleetSpec): Promise<Container> => {
    started += 1;
    const base = join(world.directory, 'fleets', `${started}-${spec.endpointConfigName}-${spec.variantName}`);
    placeModel(world, spec, join(base, 'model'));
    const port = await freePort();
    const image = world.ecr.resolve(spec.imageUri);
    const command = imageCommand(image, [...image.entrypoint, 'serve'], base, {
      ...spec.environment,
      SAGEMAKER_BIND_TO_PORT: String(port),
      SAGEMAKER_BIND_TO_HOST: '127.0.0.1',
    });
    const container = {
      process: new ChildProcess(command, () => {}),
      http: new HttpContainer(port),
      isStopping: false,
      hasEnded: false,
    };
    running.add(container);
    container.process.exited.then(() => {
      container.hasEnded = true;
      running.delete(container);
    });
    return container;
  };

  const start = async (spec: FleetSpec): Promise<Fleet> => {
    for (let attempt = 1; ; attempt += 1) {
      const container = await run(spec);
      if (await untilReady(world, spec, container, () => closed)) return fleetOf(world, spec, container);
      await stop(container, 0);
      if (closed || attempt === PORT_ATTEMPTS || !portWasTaken(container)) {
        throw new PingFailedError(spec.variantName, container.process.lastOutput);
      }
    }
  };

  return {
    startFleet: (spec) => world.clock.outside(() => start(spec)),
    async close() {
      closed = true;
      process.off('exit', killAll);
      await Promise.all([...running].map((container) => stop(container, LEAST_STOP_MS)));
    },
  };
}

/** Unpacks the model's archive where the container looks for it. */
function placeModel(world: World, spec: FleetSpec, directory: string): void {
  mkdirSync(directory, { recursive: true });
  if (spec.modelDataUrl === undefined) return;
  const { bucket, key } = parseS3Uri(spec.modelDataUrl);
  const archive = world.s3.get(bucket, key);
  if (archive === undefined) throw new Error(`Could not find model data at ${spec.modelDataUrl}.`);
  unpackTarGz(archive.body, directory);
}

/**
 * Asks `/ping` until it answers 200. A container that is still there gets the
 * whole start-up time, at least 30 real seconds; for one that has ended only
 * the world's time is waited for.
 */
async function untilReady(
  world: World,
  spec: FleetSpec,
  container: Container,
  isClosed: () => boolean,
): Promise<boolean> {
  const worldDeadlineMs = world.clock.now() + spec.startUpSeconds * 1000;
  const realDeadlineMs = performance.now() + LEAST_START_UP_MS;
  const isOver = (): boolean => {
    if (isClosed() || portWasTaken(container)) return true;
    // Virtual time stands still while a container starts, so only real time can end the wait.
    if (world.clock.kind === 'paced' && world.clock.now() < worldDeadlineMs) return false;
    return container.hasEnded || performance.now() >= realDeadlineMs;
  };
  while (!isOver()) {
    if (!container.hasEnded && (await container.http.ping())) return true;
    await new Promise((resolve) => setTimeout(resolve, PING_AGAIN_MS));
  }
  return false;
}

const portWasTaken = (container: Container): boolean =>
  container.hasEnded && container.process.lastOutput.includes('EADDRINUSE');

function fleetOf(world: World, spec: FleetSpec, container: Container): Fleet {
  container.process.exited.then((exitCode) => {
    if (container.isStopping) return;
    const subject = `sagemaker/endpoint/${spec.endpointName}`;
    world.journal.write(
      subject,
      `the container of ${spec.endpointConfigName} ended by itself, exit code ${exitCode}`,
    );
  });
  return {
    // Virtual time does not pass while a process works, so there is nothing to measure by the minute.
    ...(world.clock.kind === 'virtual' ? {} : { load: processLoad(container.process.pid) }),
    invoke: (invocation) => world.clock.outside(() => container.http.invoke(invocation)),
    async stop() {
      const graceMs = Math.max(LEAST_STOP_MS, (STOP_SECONDS * 1000) / (world.clock.speed || 1));
      await world.clock.outside(() => stop(container, graceMs));
    },
  };
}

/** SIGTERM, and SIGKILL after `graceMs` real milliseconds. Resolves when the process is gone. */
async function stop(container: Container, graceMs: number): Promise<void> {
  container.isStopping = true;
  container.http.close();
  if (container.hasEnded) return;
  container.process.terminate();
  const kill = setTimeout(() => container.process.kill(), graceMs);
  await container.process.exited;
  clearTimeout(kill);
}
