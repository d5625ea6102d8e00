import type { Tag } from '../../services/sagemaker/tags/tags.ts';
import { dataOf } from '../data.ts';
import { StateError } from '../errors.ts';
import type { Integration, TaskCall } from './integration.ts';
import { requireLook } from './look.ts';
import { optimizedRequest } from './optimized.ts';
import { asEpochMs, toResult } from './shapes.ts';

/** `sagemaker:create…Job.sync`: tags the job as its own, waits for its end and gives its description. */
export const sageMakerJob: Integration = {
  request: (task) => optimizedRequest(task, { ...(task.arguments as object), Tags: tagsOf(task) }),

  async finish(task) {
    const { kind, name, stop } = jobOf(task);
    task.whenGivenUp(() => {
      task.call(stop, { [`${kind}JobName`]: name }).catch(() => {});
    });
    const { jobs } = task.execution.world.sagemaker;
    const description = await jobs.untilEnded(kind === 'Training' ? 'training' : 'processing', name);
    requireLook(task, `sagemaker:Describe${kind}Job`, String(description[`${kind}JobArn`]));
    const result = {
      ...(toResult(description, undefined, asEpochMs) as Record<string, unknown>),
      Tags: Object.fromEntries(tagsOf(task).map(({ Key, Value }) => [Key, Value])),
    } as Record<string, unknown>;
    // Unconfirmed at AWS: a stopped job ends its task well, so machines have to look at the status.
    if (result[`${kind}JobStatus`] === 'Failed')
      throw new StateError('States.TaskFailed', JSON.stringify(result));
    return dataOf(result);
  },
};

function jobOf({ resource, arguments: input }: TaskCall): {
  kind: 'Training' | 'Processing';
  name: string;
  stop: string;
} {
  const kind = resource.operation === 'CreateTrainingJob' ? 'Training' : 'Processing';
  const name = (input as Record<string, string>)[`${kind}JobName`]!;
  return { kind, name, stop: `Stop${kind}Job` };
}

/** The caller's tags and the two that Step Functions adds, which is why the role needs `sagemaker:AddTags`. */
function tagsOf({ arguments: input, execution }: TaskCall): Tag[] {
  const { Tags } = input as { Tags?: Tag[] };
  return [
    ...(Tags ?? []),
    { Key: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' },
    { Key: 'AWS_STEP_FUNCTIONS_EXECUTION_ARN', Value: execution.facts.arn },
  ];
}
