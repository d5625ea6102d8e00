import { AwsError } from '../aws-error.ts';
import type { ServiceName } from '../service.ts';

/** How each service says "too many requests". Source: the services' lists of common errors, and public reports. */
const words: Readonly<
  Partial<Record<ServiceName, readonly [code: string, message: string, statusCode: number]>>
> = {
  cloudwatch: ['Throttling', 'Rate exceeded', 400],
  dynamodb: ['ThrottlingException', 'Throughput exceeds the current capacity of your table or index.', 400],
  lambda: ['TooManyRequestsException', 'Rate Exceeded.', 429],
  s3: ['SlowDown', 'Please reduce your request rate.', 503],
  sns: ['Throttling', 'Rate exceeded', 400],
  sqs: ['RequestThrottled', 'Request is throttled.', 403],
};

export const throttled = (service: ServiceName): AwsError => {
  const [code, message, statusCode] = words[service] ?? ['ThrottlingException', 'Rate exceeded', 400];
  return new AwsError(code, message, statusCode);
};
