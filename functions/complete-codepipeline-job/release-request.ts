import { check } from '#shared/check.ts';
import type { Fault } from '#shared/faults.ts';
import type { CodePipelineParameters, ReleaseRequest } from '#shared/generated/contracts.ts';
import contract from '#shared/generated/schemas/codepipeline-parameters.json' with { type: 'json' };

/**
 * What the release machine is asked for by an action's user parameters: the same
 * for the same parameters, so that a call that comes twice asks for one execution.
 */
export function releaseRequest(userParameters: string | undefined): ReleaseRequest | readonly Fault[] {
  const parsed = parse(userParameters);
  if (parsed === undefined) return [{ path: '$', message: 'is not JSON; UserParameters must be an object' }];
  const faults = check(contract, parsed.value);
  if (faults.length > 0) return faults;
  const { pipelineExecutionId, commit, by, ...asked } = parsed.value as CodePipelineParameters;
  if (pipelineExecutionId === undefined && asked.intent === undefined) {
    // Without either, a stage that is retried would ask for another release.
    return [
      {
        path: '$.pipelineExecutionId',
        message: 'is missing; write "#{codepipeline.PipelineExecutionId}", or name an intent',
      },
    ];
  }
  return {
    ...asked,
    trigger: {
      kind: 'codepipeline',
      detail: `CodePipeline${pipelineExecutionId === undefined ? '' : ` execution ${pipelineExecutionId}`}`,
      ...(pipelineExecutionId !== undefined && { pipelineExecutionId }),
      ...(commit !== undefined && { commit }),
      ...(by !== undefined && { by }),
    },
  };
}

function parse(text: string | undefined): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text ?? '') };
  } catch {
    return undefined;
  }
}
