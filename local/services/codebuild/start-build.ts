import type { Caller } from '../../service.ts';
import { type Build, buildDescription } from './build.ts';
import { runBuild } from './build-run.ts';
import type { CodeBuild } from './codebuild.ts';
import { type EnvironmentVariable, invalidInput, type Project, TIMEOUT_MINUTES } from './project.ts';

export interface StartBuildInput {
  readonly projectName: string;
  readonly sourceVersion?: string;
  readonly environmentVariablesOverride?: readonly EnvironmentVariable[];
  readonly timeoutInMinutesOverride?: number;
  readonly idempotencyToken?: string;
}

/** Source: model, `StartBuildInput.idempotencyToken`. */
const TOKEN_MS = 5 * 60_000;

/** The same token within five minutes gives the same build. @throws AwsError InvalidInputException, ResourceNotFoundException */
export function startBuild(codebuild: CodeBuild, input: StartBuildInput, caller: Caller) {
  const { world, started } = codebuild;
  const asked = JSON.stringify(input);
  const known = input.idempotencyToken === undefined ? undefined : started.get(input.idempotencyToken);
  if (known !== undefined && world.clock.now() < known.build.startMs + TOKEN_MS) {
    if (known.asked !== asked) {
      throw invalidInput('The idempotency token was used with other parameters.');
    }
    return { build: buildDescription(known.build, world.region) };
  }
  const build = newBuild(codebuild, codebuild.project(input.projectName), input, caller);
  codebuild.builds.set(build.id, build);
  if (input.idempotencyToken !== undefined) started.set(input.idempotencyToken, { build, asked });
  runBuild(world, build);
  return { build: buildDescription(build, world.region) };
}

function newBuild(
  { world, ids }: CodeBuild,
  project: Project,
  input: StartBuildInput,
  caller: Caller,
): Build {
  const { name, environment, timeoutInMinutes = TIMEOUT_MINUTES } = project.input;
  const id = `${name}:${ids.uuid()}`;
  const { promise: ended, resolve: tellEnd } = Promise.withResolvers<void>();
  const overrides = input.environmentVariablesOverride ?? [];
  const replaced = new Set(overrides.map((variable) => variable.name));
  project.buildCount += 1;
  return {
    id,
    arn: `arn:aws:codebuild:${world.region}:${world.accountId}:build/${id}`,
    number: project.buildCount,
    project,
    sourceVersion: input.sourceVersion ?? project.input.sourceVersion,
    environmentVariables: [
      ...(environment.environmentVariables ?? []).filter((variable) => !replaced.has(variable.name)),
      ...overrides,
    ],
    timeoutMinutes: input.timeoutInMinutesOverride ?? timeoutInMinutes,
    initiator: caller.arn.split(/:(?:role|user)\//).at(-1)!,
    startMs: world.clock.now(),
    phases: [{ type: 'SUBMITTED', startMs: world.clock.now() }],
    status: 'IN_PROGRESS',
    exported: [],
    ended,
    tellEnd,
  };
}
