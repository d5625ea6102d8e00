import { createHash } from 'node:crypto';
import type { World } from '../../world.ts';
import { accessKeyOf } from './access-key.ts';
import type { EnvironmentKind, EnvironmentSpec } from './environment.ts';
import type { FunctionCode } from './function-code.ts';
import { SHARED_ENDPOINT } from './thread/function-http.ts';

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly roleArn: string;
  readonly code: FunctionCode;
  readonly createdMs: number;
  /** Everything the function wrote, line by line, oldest first. */
  readonly logs: string[];
}

/** What a function's environment is started for, and by it which warm one it may use. */
export const environmentSpec = (world: World, of: LambdaFunction, kind: EnvironmentKind): EnvironmentSpec => {
  const { code, handler } = of;
  const env = { ...runtimeVariables(world, of), ...of.environment };
  // In this thread all worlds have one address. Elsewhere only code that never asks for it can be shared by them.
  const endpoint = kind === 'thread' ? SHARED_ENDPOINT.origin : world.endpointUrl;
  const { AWS_ENDPOINT_URL: own = endpoint, ...rest } = env;
  const told = JSON.stringify([kind, code.hash, handler, rest, code.callsAws ? own : '']);
  return {
    kind,
    key: createHash('sha256').update(told).digest('hex'),
    env: { ...rest, AWS_ENDPOINT_URL: own },
    directory: code.directory,
    handler,
  };
};

/** Source: Lambda developer guide, "Defined runtime environment variables". */
const runtimeVariables = (
  world: World,
  { name, memoryMb, handler, roleArn, code }: LambdaFunction,
): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: accessKeyOf(roleArn),
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: world.region,
  AWS_DEFAULT_REGION: world.region,
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

/** One for all, so that warm environments can be shared. */
export const LOG_STREAM = 'local/[$LATEST]';
