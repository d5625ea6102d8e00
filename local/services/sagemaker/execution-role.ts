import { validationError } from '../../aws-error.ts';
import type { World } from '../../world.ts';

const pullActions = ['BatchGetImage', 'BatchCheckLayerAvailability', 'GetDownloadUrlForLayer'] as const;

/**
 * What SageMaker does in the role that a job or a model was given. Nobody calls
 * for it, so each act asks the door, which counts it as use of the permission.
 *
 * Source: developer guide, "SageMaker roles", execution role permissions per API.
 */
export class ExecutionRole {
  readonly arn: string;
  readonly #world: World;

  constructor(world: World, arn: string) {
    this.#world = world;
    this.arn = arn;
  }

  /** @throws AwsError ValidationException if SageMaker may not take the role on. The words are reported. */
  requireAssumable(): void {
    if (this.isAssumable()) return;
    throw validationError(
      `Could not assume role ${this.arn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    );
  }

  isAssumable(): boolean {
    return this.#world.iam.trusts(this.arn, 'sagemaker.amazonaws.com');
  }

  mayList(bucket: string, prefix: string): boolean {
    return this.#may('s3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': prefix });
  }

  mayRead(bucket: string, key: string): boolean {
    return this.#may('s3:GetObject', `arn:aws:s3:::${bucket}/${key}`);
  }

  mayWrite(bucket: string, key: string): boolean {
    return this.#may('s3:PutObject', `arn:aws:s3:::${bucket}/${key}`);
  }

  mayDelete(bucket: string, key: string): boolean {
    return this.#may('s3:DeleteObject', `arn:aws:s3:::${bucket}/${key}`);
  }

  /** The ECR action that is missing to pull the image; undefined when nothing is. Images elsewhere need no role. */
  missingForImage(imageUri: string): string | undefined {
    const [, accountId, region, repository] =
      /^(\d{12})\.dkr\.ecr\.([^.]+)\.[^/]+\/([^:@]+)/.exec(imageUri) ?? [];
    if (repository === undefined) return undefined;
    const arn = `arn:aws:ecr:${region}:${accountId}:repository/${repository}`;
    // The token is the account's, not a repository's.
    if (!this.#may('ecr:GetAuthorizationToken', '*')) return 'GetAuthorizationToken';
    return pullActions.find((action) => !this.#may(`ecr:${action}`, arn));
  }

  /** Logs and metrics that a container's run leaves. Without the permission they are lost, and nothing else happens. */
  observes(logGroup: string, stream: string): void {
    const { region, accountId } = this.#world;
    const group = `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}`;
    this.#may('logs:CreateLogGroup', group);
    this.#may('logs:DescribeLogStreams', group);
    this.#may('logs:CreateLogStream', `${group}:log-stream:${stream}`);
    this.#may('logs:PutLogEvents', `${group}:log-stream:${stream}`);
    this.#may('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': logGroup });
  }

  #may(action: string, resource: string, context?: Readonly<Record<string, string>>): boolean {
    return this.#world.door.allows(this.arn, action, resource, context);
  }
}
