import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { validateInput } from '../../models/validate.ts';
import { variablesFault } from '../../services/lambda/reserved-variables.ts';
import type { World } from '../../world.ts';
import { TemplateError } from '../intrinsics.ts';
import { generatedId, generatedName } from '../names.ts';
import type { Properties, ResolvedResource, ResourceType, Stack } from '../resource-type.ts';

const LONGEST_SECONDS = 900;

const functionType: ResourceType = {
  properties:
    'Architectures CapacityProviderConfig Code CodeSigningConfigArn DeadLetterConfig Description DurableConfig Environment EphemeralStorage FileSystemConfigs FunctionName FunctionScalingConfig Handler ImageConfig KmsKeyArn Layers LoggingConfig MemorySize PackageType PublishToLatestPublished RecursiveLoop ReservedConcurrentExecutions Role Runtime RuntimeManagementConfig SnapStart Tags TenancyConfig Timeout TracingConfig VpcConfig',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.FunctionName ?? generatedName(stack, logicalId);
    return { ref: name, attributes: { Arn: functionArn(stack, name) } };
  },

  build(world, { ref, properties, path }, stack) {
    validateInput('lambda', 'CreateFunction', functionInput(ref, properties));
    // The one limit that the model leaves out.
    if (Number(properties.Timeout ?? 3) > LONGEST_SECONDS) {
      throw new TemplateError(
        path,
        `1 validation error detected: Value '${properties.Timeout}' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to ${LONGEST_SECONDS}`,
      );
    }
    const fault = variablesFault(properties.Environment?.Variables ?? {});
    if (fault !== undefined) throw new TemplateError(path, fault);
    if (!world.iam.trusts(properties.Role, 'lambda.amazonaws.com')) {
      throw new TemplateError(path, 'The role defined for the function cannot be assumed by Lambda.');
    }
    if (properties.Layers !== undefined)
      throw new TemplateError(path, 'Layers are not modelled (docs/fidelity.md).');
    if (properties.TracingConfig?.Mode === 'Active') requireTracing(world, properties.Role, path);
    world.lambda.createFunction({
      name: ref,
      zipPath: zipPathOf(properties.Code, stack, path),
      handler: properties.Handler,
      environment: textsOf(properties.Environment?.Variables ?? {}),
      timeoutSeconds: Number(properties.Timeout ?? 3),
      roleArn: properties.Role,
    });
  },
};

/** What CloudFormation asks of Lambda, as far as a misspelling or a wrong number may stand in it. */
const functionInput = (FunctionName: string, { Timeout, MemorySize, ...rest }: Properties): object => ({
  FunctionName,
  Role: rest.Role,
  Code: rest.Code,
  Handler: rest.Handler,
  Runtime: rest.Runtime,
  Architectures: rest.Architectures,
  TracingConfig: rest.TracingConfig,
  Environment: { Variables: textsOf(rest.Environment?.Variables ?? {}) },
  ...numbersOf({ Timeout, MemorySize }),
});

/** CloudFormation takes numbers as text too. */
const numbersOf = (given: Properties): Record<string, number> =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Number(value)]),
  );

/** Lambda looks when the function is made; the words are reported. Without telemetry records only figures are lost. */
const requireTracing = (world: World, roleArn: string, path: string): void => {
  world.door.allows(roleArn, 'xray:PutTelemetryRecords', '*');
  if (world.door.allows(roleArn, 'xray:PutTraceSegments', '*')) return;
  throw new TemplateError(
    path,
    'The provided execution role does not have permissions to call PutTraceSegments on XRAY',
  );
};

/** The packaging leaves each function's zip file beside the template, under the name it will have in S3. */
const zipPathOf = (code: { S3Key?: string }, { packageDirectory }: Stack, path: string): string => {
  if (code?.S3Key === undefined)
    throw new TemplateError(`${path}.Properties.Code`, 'only code in S3 is modelled.');
  const zipPath = join(packageDirectory, basename(code.S3Key));
  if (!existsSync(zipPath))
    throw new TemplateError(`${path}.Properties.Code.S3Key`, `${zipPath} is not there. Package again.`);
  return zipPath;
};

const version: ResourceType = {
  properties:
    'CodeSha256 Description FunctionName FunctionScalingConfig ProvisionedConcurrencyConfig RuntimePolicy',
  identify: ({ properties }, stack) => ({
    ref: `${functionArn(stack, properties.FunctionName)}:1`,
    attributes: { FunctionArn: `${functionArn(stack, properties.FunctionName)}:1`, Version: '1' },
  }),
};

const permission: ResourceType = {
  properties:
    'Action EventSourceToken FunctionName FunctionUrlAuthType InvokedViaFunctionUrl Principal PrincipalOrgID SourceAccount SourceArn',
  identify: ({ logicalId }) => ({ ref: logicalId }),
  build(world, { properties }, stack) {
    const { Action, FunctionName, Principal, SourceArn, SourceAccount } = properties;
    const arn = functionArn(stack, FunctionName);
    world.iam.addResourcePolicy(arn, {
      Statement: {
        Effect: 'Allow',
        Action,
        Resource: arn,
        Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
        Condition: {
          ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
          ...(SourceAccount && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
        },
      },
    });
  },
};

const eventSourceMapping: ResourceType = {
  properties:
    'AmazonManagedKafkaEventSourceConfig BatchSize BisectBatchOnFunctionError DestinationConfig DocumentDBEventSourceConfig Enabled EventSourceArn FilterCriteria FunctionName FunctionResponseTypes KmsKeyArn LoggingConfig MaximumBatchingWindowInSeconds MaximumRecordAgeInSeconds MaximumRetryAttempts MetricsConfig ParallelizationFactor ProvisionedPollerConfig Queues ScalingConfig SelfManagedEventSource SelfManagedKafkaEventSourceConfig SourceAccessConfigurations StartingPosition StartingPositionTimestamp Tags Topics TumblingWindowInSeconds',
  identify({ logicalId }, stack) {
    const id = generatedId(stack, logicalId);
    return { ref: id, attributes: { Id: id } };
  },
  build(world, { properties, path }, _stack, all) {
    if (!String(properties.EventSourceArn).startsWith('arn:aws:sqs:')) {
      throw new TemplateError(
        path,
        `${properties.EventSourceArn} cannot be an event source here: only queues are modelled.`,
      );
    }
    if (properties.FilterCriteria !== undefined)
      throw new TemplateError(path, 'FilterCriteria is not modelled (docs/fidelity.md).');
    const { BatchSize, MaximumBatchingWindowInSeconds } = properties;
    const { FunctionName, EventSourceArn, FunctionResponseTypes } = properties;
    validateInput('lambda', 'CreateEventSourceMapping', {
      FunctionName,
      EventSourceArn,
      FunctionResponseTypes,
      ...numbersOf({ BatchSize, MaximumBatchingWindowInSeconds }),
    });
    if (Number(BatchSize ?? 10) > 10 && Number(MaximumBatchingWindowInSeconds ?? 0) === 0) {
      throw new TemplateError(
        path,
        'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
      );
    }
    if (String(properties.Enabled ?? true) === 'false') return;
    const functionName = functionNameOf(properties.FunctionName);
    requireQueueAccess(world, roleOf(functionName, all), properties.EventSourceArn, path);
    world.lambda.addQueueSource({
      functionName,
      queueArn: properties.EventSourceArn,
      batchSize: Number(properties.BatchSize ?? 10),
      batchWindowSeconds: Number(properties.MaximumBatchingWindowInSeconds ?? 0),
      reportBatchItemFailures: (properties.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
    });
  },
};

/** Lambda polls in the function's name, and looks when the mapping is made whether it will be allowed to. */
const requireQueueAccess = (world: World, roleArn: string, queueArn: string, path: string): void => {
  for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
    if (world.door.allows(roleArn, `sqs:${action}`, queueArn)) continue;
    throw new TemplateError(
      path,
      `The function execution role does not have permissions to call ${action} on SQS`,
    );
  }
};

const roleOf = (functionName: string, all: readonly ResolvedResource[]): string =>
  all.find(({ type, ref }) => type === 'AWS::Lambda::Function' && ref === functionName)?.properties.Role;

const functionNameOf = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn.split(':')[6]! : nameOrArn.split(':')[0]!;

const functionArn = ({ region, accountId }: Stack, nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:lambda:${region}:${accountId}:function:${nameOrArn}`;

const textsOf = (variables: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));

export const lambdaTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::Lambda::Function': functionType,
  'AWS::Lambda::Version': version,
  'AWS::Lambda::Permission': permission,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
};
