import type { LambdaFunction } from './lambda-function.ts';

/** What Lambda tells of a function. */
export const configurationOf = (of: LambdaFunction): object => ({
  FunctionName: of.name,
  FunctionArn: of.arn,
  Runtime: 'nodejs24.x',
  Role: of.roleArn,
  Handler: of.handler,
  Timeout: of.timeoutSeconds,
  MemorySize: of.memoryMb,
  // Lambda writes this one time as text.
  LastModified: new Date(of.createdMs).toISOString().replace('Z', '+0000'),
  Version: '$LATEST',
  ...(Object.keys(of.environment).length > 0 && { Environment: { Variables: of.environment } }),
  TracingConfig: { Mode: 'PassThrough' },
  PackageType: 'Zip',
  Architectures: ['x86_64'],
  EphemeralStorage: { Size: 512 },
  State: 'Active',
  LastUpdateStatus: 'Successful',
});
