import { AwsError } from '../../aws-error.ts';
import type { InvocationAnswer } from '../../runners/runner.ts';
import type { World } from '../../world.ts';

/** A container said no, or nothing. AWS answers 424 with the container's own words in further members. */
export class ModelError extends AwsError {
  private constructor(world: World, endpointName: string, statusCode: number, originalMessage: string) {
    const group = `/aws/sagemaker/Endpoints/${endpointName}`;
    const side = statusCode >= 400 && statusCode < 500 ? 'client' : 'server';
    const log = `https://${world.region}.console.aws.amazon.com/cloudwatch/home?region=${world.region}#logEventViewer:group=${group}`;
    super(
      'ModelError',
      `Received ${side} error (${statusCode}) from primary with message "${originalMessage}". See ${log} in account ${world.accountId} for more information.`,
      424,
      {
        OriginalStatusCode: statusCode,
        OriginalMessage: originalMessage,
        LogStreamArn: `arn:aws:logs:${world.region}:${world.accountId}:log-group:${group}`,
      },
    );
  }

  static answered(world: World, endpointName: string, answer: InvocationAnswer): ModelError {
    return new ModelError(world, endpointName, answer.statusCode, new TextDecoder().decode(answer.body));
  }

  static timedOut(world: World, endpointName: string): ModelError {
    return new ModelError(
      world,
      endpointName,
      0,
      'Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.',
    );
  }
}
