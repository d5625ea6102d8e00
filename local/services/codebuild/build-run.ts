import type { SimulatedBuild } from '../../scenario.ts';
import type { World } from '../../world.ts';
import type { Build, BuildStatus, PhaseType } from './build.ts';
import { buildEvent } from './build-event.ts';

/** Until CodeBuild has a container. */
const PROVISIONING_SECONDS = 20;

/** Where the scenario says nothing. */
const BUILD_SECONDS = 180;

/** Lets a build go its way: what happens in it, and when, is the scenario's. */
export function runBuild(world: World, build: Build): void {
  const { name } = build.project.input;
  const asked = {
    project: name,
    sourceVersion: build.sourceVersion,
    environment: Object.fromEntries(build.environmentVariables.map((one) => [one.name, one.value])),
  };
  const { seconds = BUILD_SECONDS, ...fate } = world.scenario.build?.(asked) ?? {};
  tell(world, build, `started${build.sourceVersion === undefined ? '' : ` on ${build.sourceVersion}`}`);
  world.events.emit(buildEvent(world, build));
  enter(world, build, 'PROVISIONING');
  after(world, build, PROVISIONING_SECONDS, () => {
    enter(world, build, 'BUILD');
    const limitSeconds = build.timeoutMinutes * 60;
    if (seconds > limitSeconds) {
      after(world, build, limitSeconds, () => endBuild(world, build, 'TIMED_OUT', 'Build timed out.'));
    } else {
      after(world, build, seconds, () => finish(world, build, fate));
    }
  });
}

/** The build's end, however it came. */
export function endBuild(
  world: World,
  build: Build,
  status: Exclude<BuildStatus, 'IN_PROGRESS'>,
  message?: string,
): void {
  build.timer?.cancel();
  build.status = status;
  build.endMs = world.clock.now();
  enter(world, build, 'COMPLETED', { status, message });
  tell(world, build, `${status}${message === undefined ? '' : `: ${message}`}`);
  world.events.emit(buildEvent(world, build));
  build.tellEnd();
}

function finish(world: World, build: Build, fate: Omit<SimulatedBuild, 'seconds'>): void {
  const { status = 'SUCCEEDED', message, exported = {} } = fate;
  const pushes = fate.pushes ?? (status === 'SUCCEEDED' ? ownPush(world, build) : []);
  const digests = pushes.map((push) => world.ecr.push({ content: `${build.id}`, ...push }).digest);
  build.exported = Object.entries({
    ...(digests.length > 0 && { IMAGE_DIGEST: digests[0]! }),
    ...exported,
  }).map(([name, value]) => ({ name, value }));
  endBuild(world, build, status, message);
}

/** By itself a build pushes what it was made of to the repository it is told, or the one of its project's name. */
function ownPush(world: World, build: Build): SimulatedBuild['pushes'] & object {
  const variable = (name: string) => build.environmentVariables.find((one) => one.name === name)?.value;
  const { sourceVersion: tag = 'latest' } = build;
  const repository = variable('IMAGE_REPO_NAME') ?? build.project.input.name;
  // The same commit makes the same image.
  return world.ecr.has(repository) ? [{ repository, tag, content: `${repository}:${tag}` }] : [];
}

function enter(
  world: World,
  build: Build,
  type: PhaseType,
  { status = 'SUCCEEDED', message }: { status?: Exclude<BuildStatus, 'IN_PROGRESS'>; message?: string } = {},
): void {
  const nowMs = world.clock.now();
  Object.assign(build.phases.at(-1)!, { endMs: nowMs, status, ...(message && { message }) });
  build.phases.push({ type, startMs: nowMs });
}

function after(world: World, build: Build, seconds: number, action: () => void): void {
  build.timer = world.clock.at(world.clock.now() + seconds * 1000, action);
}

const tell = (world: World, { id }: Build, what: string): void =>
  world.journal.write(`codebuild/${id}`, what);
