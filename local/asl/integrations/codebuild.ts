import { dataOf } from '../data.ts';
import { StateError } from '../errors.ts';
import type { Integration } from './integration.ts';
import { requireLook } from './look.ts';
import { optimized } from './optimized.ts';
import { asEpochMs, toResult } from './shapes.ts';

/** `codebuild:startBuild.sync`: waits for the build's end and gives `Build`; one that did not succeed fails the task. */
export const codeBuild: Integration = {
  request: optimized.request,

  async finish(task, answer) {
    const { Build } = answer as { Build: { Id: string; ProjectName: string } };
    const { world } = task.execution;
    task.whenGivenUp(() => {
      task.call('StopBuild', { id: Build.Id }).catch(() => {});
    });
    const description = await world.codebuild.untilEnded(Build.Id);
    const project = `arn:aws:codebuild:${world.region}:${world.accountId}:project/${Build.ProjectName}`;
    requireLook(task, 'codebuild:BatchGetBuilds', project);
    const result = { Build: toResult(description, undefined, asEpochMs) as Record<string, unknown> };
    if (result.Build.BuildStatus !== 'SUCCEEDED')
      throw new StateError('States.TaskFailed', JSON.stringify(result));
    return dataOf(result);
  },
};
