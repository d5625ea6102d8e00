import { AwsError, validationError } from '../../../aws-error.ts';
import type { Caller } from '../../../service.ts';
import type { World } from '../../../world.ts';
import type { Endpoint } from './endpoint.ts';
import type { DeploymentConfig } from './shapes.ts';
import type { EndpointConfig, Store } from './store.ts';
import { type TrafficPlan, trafficPlan } from './traffic-plan.ts';
import { runUpdate } from './update.ts';
import { type Retained, type Variant, variantsOf } from './variant.ts';

interface UpdateEndpointInput {
  readonly EndpointName: string;
  readonly EndpointConfigName: string;
  readonly DeploymentConfig?: DeploymentConfig;
  readonly RetainAllVariantProperties?: boolean;
  readonly RetainDeploymentConfig?: boolean;
  readonly ExcludeRetainedVariantProperties?: readonly { readonly VariantPropertyType: string }[];
}

/** Starts a guarded update and returns; `DescribeEndpoint` says `Updating` from here on. */
export async function updateEndpoint(world: World, store: Store, input: UpdateEndpointInput) {
  const endpoint = store.endpoint(input.EndpointName);
  refuseUnlessUpdatable(endpoint);
  const config = store.config(input.EndpointConfigName);
  // SageMaker looks the old one up as well: who deletes it too early cannot update any more.
  store.config(endpoint.configName);
  const retained = retainedProperties(endpoint, input);
  const variants = variantsOf(world, store, endpoint.name, config, retained);
  const deployment = input.RetainDeploymentConfig ? endpoint.storedDeploymentConfig : input.DeploymentConfig;
  if (deployment !== undefined) refuseOtherVariants(endpoint, config);
  refuseScaledVariants(world, endpoint, variants);
  const plan = trafficPlan(
    deployment,
    variants.map(({ name, instanceType, isFromMarketplace, desiredInstanceCount }) => ({
      name,
      instanceType,
      isFromMarketplace,
      instanceCount: desiredInstanceCount,
    })),
  );
  await checkAlarms(world, endpoint, plan, variants);
  // The check was a call of its own: somebody else may have been quicker.
  refuseUnlessUpdatable(endpoint);
  endpoint.lastDeploymentConfig = deployment;
  endpoint.storedDeploymentConfig = deployment;
  const keepsCapture = input.RetainAllVariantProperties && !excluded(input, 'DataCaptureConfig');
  const dataCapture = keepsCapture ? endpoint.dataCapture : config.request.DataCaptureConfig;
  void runUpdate(world, endpoint, { configName: config.name, variants, plan, dataCapture });
  return { EndpointArn: endpoint.arn };
}

function refuseUnlessUpdatable(endpoint: Endpoint): void {
  if (endpoint.isBusy) throw validationError(`Cannot update in-progress endpoint "${endpoint.arn}".`);
  if (endpoint.status === 'Failed')
    throw validationError(`Cannot update endpoint "${endpoint.arn}" in status Failed.`);
}

/** Guarded traffic moves within a variant, so old and new config must name the same ones. Source: "Deployment guardrails". */
function refuseOtherVariants(endpoint: Endpoint, config: EndpointConfig): void {
  const live = endpoint.variants.map(({ name, isShadow }) => called(name, isShadow)).sort();
  const next = [
    ...config.variants.map(({ VariantName }) => called(VariantName, false)),
    ...config.shadows.map(({ VariantName }) => called(VariantName, true)),
  ].sort();
  if (live.join('\n') !== next.join('\n')) {
    throw validationError(
      `The variants of endpoint configuration "${config.arn}" (${next.join(', ')}) must be those of endpoint "${endpoint.arn}" (${live.join(', ')}).`,
    );
  }
}

const called = (name: string, isShadow: boolean): string => (isShadow ? `${name}, a shadow` : name);

/**
 * A variant whose count is scaled must keep its name and instance type.
 * Source: "Update endpoints that use auto scaling"; the message's words are ours.
 */
function refuseScaledVariants(world: World, endpoint: Endpoint, next: readonly Variant[]): void {
  for (const { variantName } of world.applicationAutoscaling.variantsOf(endpoint.name)) {
    const before = endpoint.variant(variantName);
    const after = next.find(({ name }) => name === variantName);
    if (before !== undefined && before.instanceType === after?.instanceType) continue;
    throw validationError(
      `Variant "${variantName}" of endpoint "${endpoint.arn}" is registered as a scalable target: deregister it before it is removed or its instance type changes.`,
    );
  }
}

function retainedProperties(endpoint: Endpoint, input: UpdateEndpointInput): Retained {
  if (!input.RetainAllVariantProperties) return new Map();
  const keepsWeight = !excluded(input, 'DesiredWeight');
  const keepsCount = !excluded(input, 'DesiredInstanceCount');
  return new Map(
    endpoint.variants.map((variant) => [
      variant.name,
      {
        ...(keepsWeight ? { weight: variant.desiredWeight } : {}),
        ...(keepsCount ? { instanceCount: variant.desiredInstanceCount } : {}),
      },
    ]),
  );
}

const excluded = (input: UpdateEndpointInput, property: string): boolean =>
  (input.ExcludeRetainedVariantProperties ?? []).some(
    ({ VariantPropertyType }) => VariantPropertyType === property,
  );

/**
 * SageMaker reads the alarms with the endpoint's execution role, which
 * therefore needs `cloudwatch:DescribeAlarms`. AWS may tell only later; here a
 * missing permission or alarm is told at once.
 */
async function checkAlarms(
  world: World,
  endpoint: Endpoint,
  plan: TrafficPlan,
  variants: readonly Variant[],
): Promise<void> {
  if (plan.alarmNames.length === 0) return;
  const roleArn = variants.find(({ executionRoleArn }) => executionRoleArn)?.executionRoleArn;
  const caller: Caller = {
    arn: roleArn ?? 'sagemaker.amazonaws.com',
    via: 'service',
    sourceArn: endpoint.arn,
  };
  const input = {
    AlarmNames: plan.alarmNames,
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    MaxRecords: 100,
  };
  let found: string[];
  try {
    const output = await world.door.call({
      service: 'cloudwatch',
      operation: 'DescribeAlarms',
      input,
      caller,
    });
    const { MetricAlarms, CompositeAlarms } = output as Record<string, { AlarmName: string }[]>;
    found = [...MetricAlarms!, ...CompositeAlarms!].map(({ AlarmName }) => AlarmName);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw validationError(
      `Cannot read the alarms of the deployment with the execution role: ${error.message}`,
    );
  }
  const missing = plan.alarmNames.filter((name) => !found.includes(name));
  if (missing.length > 0)
    throw validationError(`Could not find alarm(s) ${missing.map((name) => `"${name}"`).join(', ')}.`);
}
