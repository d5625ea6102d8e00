import { AwsError, notModelled, validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { EventBridge } from './events.ts';
import type { Target } from './rule.ts';
import { isModelled } from './target-call.ts';
import { placeholders, RESERVED_PLACEHOLDERS } from './target-input.ts';

interface PutTargetsInput {
  Rule: string;
  EventBusName?: string;
  Targets: Target[];
}

/** AWS's quota, not adjustable. */
const MOST_TARGETS = 5;

/** Parameters of targets that are not here, and those that a queue or machine here would not heed. */
const UNMODELLED = [
  'AppSyncParameters',
  'BatchParameters',
  'EcsParameters',
  'HttpParameters',
  'KinesisParameters',
  'RedshiftDataParameters',
  'RunCommandParameters',
  'SageMakerPipelineParameters',
  'SqsParameters',
];

/** Adds targets to a rule or replaces those with the same ids. */
export const putTargets =
  (events: EventBridge, world: World): Operation =>
  (input: PutTargetsInput) => {
    const rule = events.rule(input.Rule, input.EventBusName);
    for (const target of input.Targets) {
      check(target);
      requireTrust(world, target);
    }
    if (new Set([...rule.targets.keys(), ...input.Targets.map(({ Id }) => Id)]).size > MOST_TARGETS) {
      throw new AwsError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      );
    }
    for (const target of input.Targets) rule.targets.set(target.Id, target);
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

/** Reported word for word. */
const requireTrust = (world: World, { RoleArn }: Target): void => {
  if (RoleArn === undefined || world.iam.trusts(RoleArn, 'events.amazonaws.com')) return;
  throw validationError(`Provided role '${RoleArn}' cannot be assumed by principal 'events.amazonaws.com'.`);
};

const check = (target: Target): void => {
  const { Id, Arn, Input, InputPath, InputTransformer } = target;
  const unmodelled = UNMODELLED.find((name) => name in target);
  if (unmodelled !== undefined) throw notModelled(`A target's ${unmodelled}`);
  if (!isModelled(Arn)) throw notModelled(`A target such as ${Arn}`);
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1) {
    throw validationError(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`,
    );
  }
  if (Arn.startsWith('arn:aws:states:') && target.RoleArn === undefined) {
    throw validationError(`RoleArn is required for target ${Arn}.`);
  }
  if (InputTransformer === undefined) return;
  for (const name of placeholders(InputTransformer.InputTemplate)) {
    if (name in (InputTransformer.InputPathsMap ?? {}) || RESERVED_PLACEHOLDERS.has(name)) continue;
    throw validationError(`InputTemplate for target ${Id} contains invalid placeholder ${name}.`);
  }
};
