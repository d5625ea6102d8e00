import { createHash } from 'node:crypto';
import type { World } from '../../world.ts';
import { accessKeyOf } from './access-key.ts';
import type { FunctionCode } from './function-code.ts';
import type { WorkerSpec } from './function-worker.ts';

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly roleArn: string;
  readonly code: FunctionCode;
  /** Everything the function wrote, line by line, oldest first. */
  readonly logs: string[];
}

/** The environment of a function's process, and by it which warm workers it may use. */
export const workerSpec = (world: World, of: LambdaFunction): WorkerSpec => {
  const { code, handler } = of;
  const env = { ...runtimeVariables(world, of), ...of.environment };
  const { AWS_ENDPOINT_URL: endpoint, ...rest } = env;
  const told = JSON.stringify([code.hash, handler, rest, code.callsAws ? endpoint : '']);
  return {
    key: createHash('sha256').update(told).digest('hex'),
    env,
    directory: code.directory,
    handler,
  };
};

/** Source: Lambda developer guide, "Defined runtime environment variables". */
const runtimeVariables = (world: World, { name, memoryMb, handler, roleArn, code }: LambdaFunction) => ({
  AWS_ACCESS_KEY_ID: accessKeyOf(roleArn),
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: world.region,
  AWS_DEFAULT_REGION: world.region,
  AWS_ENDPOINT_URL: world.endpointUrl,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: LOG_STREAM,
  LAMBDA_TASK_ROOT: code.directory,
  LANG: 'en_US.UTF-8',
  TZ: 'UTC',
  _HANDLER: handler,
});

/** One for all, so that warm workers can be shared. */
export const LOG_STREAM = 'local/[$LATEST]';
