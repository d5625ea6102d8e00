import type { CompilePlan } from '#shared/generated/contracts.ts';
import { type Making, tagsOf } from './plan-release.ts';
import { PROVISIONING_SECONDS } from './process-plan.ts';

/**
 * What Neo is asked. Which model it is asked for, the machine adds after the
 * training; below the output location each job has a place of its own, so that
 * one that was given up cannot overwrite what another has left.
 */
export function compilePlan(making: Making): CompilePlan | null {
  const { compile } = making.pipeline;
  if (compile === undefined) return null;
  const { stack, home, release, images } = making;
  return {
    name: `${release.id}-compile`,
    timeoutSeconds: compile.maxRuntimeSeconds + PROVISIONING_SECONDS,
    onFailure: compile.onFailure,
    image: images.compile ?? null,
    request: {
      RoleArn: stack.jobRoleArn,
      InputConfig: {
        Framework: compile.framework,
        ...(compile.frameworkVersion !== undefined && { FrameworkVersion: compile.frameworkVersion }),
        // Neo takes both this and the options as JSON inside a text.
        ...(compile.input !== undefined && { DataInputConfig: JSON.stringify(compile.input) }),
      },
      OutputConfig: {
        S3OutputLocation: `s3://${stack.artifactBucket}/${home}/compiled`,
        ...targetOf(compile),
        ...(compile.options !== undefined && { CompilerOptions: JSON.stringify(compile.options) }),
      },
      StoppingCondition: { MaxRuntimeInSeconds: compile.maxRuntimeSeconds },
      Tags: tagsOf(making),
    },
  };
}

type Compile = NonNullable<Making['pipeline']['compile']>;

function targetOf({ target, platform }: Compile): Record<string, unknown> {
  if (platform === undefined) return { TargetDevice: target };
  const { os, arch, accelerator } = platform;
  return {
    TargetPlatform: { Os: os, Arch: arch, ...(accelerator !== undefined && { Accelerator: accelerator }) },
  };
}
