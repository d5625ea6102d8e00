import { AwsError } from '../../aws-error.ts';
import { type Data, dataOf } from '../data.ts';
import { StateError } from '../errors.ts';
import type { Integration, TaskCall } from './integration.ts';
import { requireLook } from './look.ts';
import { optimized } from './optimized.ts';
import { asEpochMs, toResult } from './shapes.ts';

/** `states:startExecution`, also waiting for the child's end (`.sync` gives its output as text, `.sync:2` parsed). */
export const startExecution: Integration = {
  request: async (task) => (await redriven(task)) ?? optimized.request(task),

  async finish(task, answer) {
    const { ExecutionArn } = answer as { ExecutionArn: string };
    task.keepChild(ExecutionArn);
    task.whenGivenUp(() => {
      const cause = `Aborted by ${task.execution.facts.arn}`;
      task.call('StopExecution', { executionArn: ExecutionArn, cause }).catch(() => {});
    });
    const described = await task.execution.world.stepfunctions.untilEnded(ExecutionArn);
    requireLook(task, 'states:DescribeExecution', ExecutionArn);
    const result = toResult(described, undefined, asEpochMs) as Record<string, unknown>;
    // A child that timed out or was aborted fails its parent just as a failed one does.
    if (result.Status !== 'SUCCEEDED') throw new StateError('States.TaskFailed', JSON.stringify(result));
    if (task.resource.pattern === 'sync') return dataOf(result);
    return dataOf({ ...result, Input: parsed(result.Input), Output: parsed(result.Output) });
  },
};

/** A redriven parent redrives the child that it waited for, unless that cannot be: then it starts another. */
async function redriven({ earlierChild: executionArn, call }: TaskCall): Promise<Data | undefined> {
  if (executionArn === undefined) return undefined;
  try {
    const answer = (await call('RedriveExecution', { executionArn })) as { redriveDate: Date };
    return dataOf({ ExecutionArn: executionArn, RedriveDate: asEpochMs(answer.redriveDate) });
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ExecutionNotRedrivable') return undefined;
    throw error;
  }
}

const parsed = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : text);
