import { AwsError } from '../../aws-error.ts';
import type { ApplicationAutoScaling } from './application-autoscaling.ts';
import { NAMESPACE, type ScalableTarget } from './scalable-target.ts';

interface DescribeScalableTargetsInput {
  readonly ServiceNamespace: string;
  readonly ResourceIds?: readonly string[];
  readonly ScalableDimension?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** AWS answers 50 at most, whatever is asked for. */
const MOST_PER_PAGE = 50;

export function describeScalableTargets(
  scaling: ApplicationAutoScaling,
  input: DescribeScalableTargetsInput,
): Record<string, unknown> {
  const found = [...scaling.targets.values()].filter(
    (target) =>
      input.ServiceNamespace === NAMESPACE &&
      (input.ResourceIds?.includes(target.ResourceId) ?? true) &&
      (input.ScalableDimension ?? target.ScalableDimension) === target.ScalableDimension,
  );
  const from = input.NextToken === undefined ? 0 : startOf(input.NextToken);
  const to = from + Math.min(input.MaxResults ?? MOST_PER_PAGE, MOST_PER_PAGE);
  return {
    ScalableTargets: found.slice(from, to).map((target) => described(scaling, target)),
    ...(to < found.length ? { NextToken: Buffer.from(String(to)).toString('base64') } : {}),
  };
}

const described = ({ world }: ApplicationAutoScaling, target: ScalableTarget): Record<string, unknown> => ({
  ServiceNamespace: target.ServiceNamespace,
  ResourceId: target.ResourceId,
  ScalableDimension: target.ScalableDimension,
  MinCapacity: target.min,
  MaxCapacity: target.max,
  RoleARN: `arn:aws:iam::${world.accountId}:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint`,
  CreationTime: new Date(target.createdMs),
  SuspendedState: {
    DynamicScalingInSuspended: false,
    DynamicScalingOutSuspended: false,
    ScheduledScalingSuspended: false,
    ...target.suspended,
  },
  ScalableTargetARN: target.arn,
});

function startOf(token: string): number {
  const start = Number(Buffer.from(token, 'base64').toString());
  if (!Number.isInteger(start))
    throw new AwsError('InvalidNextTokenException', 'The next token supplied was invalid');
  return start;
}
