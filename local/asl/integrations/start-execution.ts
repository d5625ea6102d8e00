import { StateError } from '../errors.ts';
import type { Integration } from './integration.ts';
import { optimized } from './optimized.ts';
import { asEpochMs, toResult } from './shapes.ts';

/** `states:startExecution`, also waiting for the child's end (`.sync` gives its output as text, `.sync:2` parsed). */
export const startExecution: Integration = {
  request: optimized.request,

  async finish(task, answer) {
    const { ExecutionArn } = answer as { ExecutionArn: string };
    task.whenGivenUp(() => {
      const cause = `Aborted by ${task.execution.facts.arn}`;
      task.call('StopExecution', { executionArn: ExecutionArn, cause }).catch(() => {});
    });
    const described = await task.execution.world.stepfunctions.untilEnded(ExecutionArn);
    const result = toResult(described, undefined, asEpochMs) as Record<string, unknown>;
    // A child that timed out or was aborted fails its parent just as a failed one does.
    if (result.Status !== 'SUCCEEDED') throw new StateError('States.TaskFailed', JSON.stringify(result));
    if (task.resource.pattern === 'sync') return result;
    return { ...result, Input: parsed(result.Input), Output: parsed(result.Output) };
  },
};

const parsed = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : text);
