import { AwsError, validationError } from '../../aws-error.ts';

/** What identifies a scalable target in every request. */
export interface TargetId {
  readonly ServiceNamespace: string;
  readonly ResourceId: string;
  readonly ScalableDimension: string;
}

export interface SuspendedState {
  readonly DynamicScalingInSuspended?: boolean;
  readonly DynamicScalingOutSuspended?: boolean;
  readonly ScheduledScalingSuspended?: boolean;
}

/** An endpoint variant whose instance count may be changed within bounds. */
export interface ScalableTarget extends TargetId {
  readonly arn: string;
  readonly endpointName: string;
  readonly variantName: string;
  readonly createdMs: number;
  min: number;
  max: number;
  suspended: SuspendedState;
}

export const NAMESPACE = 'sagemaker';
export const DIMENSION = 'sagemaker:variant:DesiredInstanceCount';

/**
 * The endpoint and variant that a request means.
 *
 * @throws AwsError ValidationException for what is no count of a variant's instances
 */
export function variantOf(id: TargetId): { endpointName: string; variantName: string } {
  const match = /^endpoint\/([^/]+)\/variant\/([^/]+)$/.exec(id.ResourceId);
  if (id.ServiceNamespace !== NAMESPACE || id.ScalableDimension !== DIMENSION || match === null) {
    throw validationError('Unsupported service namespace, resource type or scalable dimension');
  }
  return { endpointName: match[1]!, variantName: match[2]! };
}

/** `what` in AWS's words, such as `No scalable target registered`. */
export const notFound = (what: string, id: TargetId, rest = ''): AwsError =>
  new AwsError(
    'ObjectNotFoundException',
    `${what} for service namespace: ${id.ServiceNamespace}, resource ID: ${id.ResourceId}, scalable dimension: ${id.ScalableDimension}${rest}`,
  );

export const bounded = (count: number, { min, max }: Pick<ScalableTarget, 'min' | 'max'>): number =>
  Math.min(max, Math.max(min, count));

/** @throws AwsError ValidationException for bounds that no variant can have */
export function checkBounds(min: number, max: number): void {
  // The API's text allows 0 for SageMaker, but only asynchronous endpoints and inference components take it.
  if (min < 1) throw validationError('Minimum capacity must be at least 1 for a real-time endpoint variant');
  if (max < min) throw validationError('Maximum capacity cannot be less than minimum capacity');
}
