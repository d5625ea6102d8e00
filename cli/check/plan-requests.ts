import type { AlarmPlan, DeployPlan } from '../../functions/shared/generated/contracts.ts';
import type { ServiceName } from '../../local/service.ts';
import type { SamplePlan } from './sample-plan.ts';

/** One call as the state machines make it, and where in the pipeline file its content comes from. */
export interface PlannedRequest {
  readonly path: string;
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: object;
}

const sagemaker = (path: string, operation: string, input: object): PlannedRequest => ({
  path,
  service: 'sagemaker',
  operation,
  input,
});

/** Every call that a release makes out of its plan, with the names that it would give. */
export function plannedRequests({ plan, release }: SamplePlan): PlannedRequest[] {
  const { process, train, compile, evaluate, register, deploy } = plan;
  return [
    ...(process === null ? [] : [processingJob('$.process', process)]),
    ...(train?.rungs ?? []).map(({ request }, at) =>
      sagemaker('$.train', 'CreateTrainingJob', {
        ...request,
        TrainingJobName: `${train!.name}-${at + 1}-r0`,
      }),
    ),
    ...(compile === null ? [] : [compilationJob(compile)]),
    ...(evaluate === null ? [] : [processingJob('$.evaluate', evaluate.challenger)]),
    ...(register === null ? [] : [sagemaker('$.register', 'CreateModelPackage', register.request)]),
    ...deployment(deploy, release),
  ];
}

const processingJob = (
  path: string,
  { name, request }: { readonly name: string; readonly request: object },
): PlannedRequest => sagemaker(path, 'CreateProcessingJob', { ...request, ProcessingJobName: `${name}-r0` });

function compilationJob({ name, request }: NonNullable<SamplePlan['plan']['compile']>): PlannedRequest {
  const { InputConfig, ...rest } = request as { InputConfig: object };
  return sagemaker('$.compile', 'CreateCompilationJob', {
    ...rest,
    CompilationJobName: `${name}-r0`,
    InputConfig: { ...InputConfig, S3Uri: 's3://signalbox-artifacts/model/output/model.tar.gz' },
  });
}

function deployment(deploy: DeployPlan, release: string): PlannedRequest[] {
  const config = `${release}-r0`;
  const { environment, tags, trial } = deploy;
  const alarms = deploy.alarms.map((alarm) => alarmOf(alarm, config, deploy));
  const guards = [...alarms.map(({ AlarmName }) => AlarmName), ...deploy.namedAlarms];
  return [
    sagemaker('$.deploy', 'CreateModel', {
      ModelName: config,
      PrimaryContainer: { ModelPackageName: `${release}-package`, Environment: environment },
      Tags: tags,
    }),
    sagemaker('$.deploy', 'CreateEndpointConfig', {
      EndpointConfigName: config,
      ProductionVariants: [variantOf(deploy.variant, config, deploy.instanceCount, deploy)],
      Tags: tags,
    }),
    ...alarms.map((input) => ({
      path: '$.deploy.alarms',
      service: 'cloudwatch' as const,
      operation: 'PutMetricAlarm',
      input,
    })),
    ...(trial === null
      ? []
      : [sagemaker('$.deploy.shift', 'CreateEndpointConfig', trialConfig(deploy, trial, config))]),
    sagemaker('$.deploy.shift', 'UpdateEndpoint', shiftTo(config, deploy, guards)),
  ];
}

function shiftTo(config: string, deploy: DeployPlan, guards: readonly string[]): object {
  return {
    EndpointName: deploy.endpoint,
    EndpointConfigName: config,
    RetainAllVariantProperties: true,
    ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredWeight' }],
    ...(deploy.deploymentConfig && {
      DeploymentConfig: {
        ...deploy.deploymentConfig,
        AutoRollbackConfiguration: { Alarms: guards.map((AlarmName) => ({ AlarmName })) },
      },
    }),
  };
}

const variantOf = (
  VariantName: string,
  ModelName: string,
  InitialInstanceCount: number,
  { instanceType }: DeployPlan,
  InitialVariantWeight = 1,
) => ({ VariantName, ModelName, InstanceType: instanceType, InitialInstanceCount, InitialVariantWeight });

/** As the machine `trial` makes it: the challenger beside the champion. */
function trialConfig(deploy: DeployPlan, trial: NonNullable<DeployPlan['trial']>, config: string): object {
  const isShadow = trial.kind === 'shadow';
  const champion = variantOf(deploy.variant, 'champion', deploy.instanceCount, deploy);
  const weight = isShadow ? trial.percent / 100 : 0;
  const challenger = variantOf('challenger', config, trial.instanceCount, deploy, weight);
  return {
    EndpointConfigName: `${config}-trial`,
    ProductionVariants: isShadow ? [champion] : [champion, challenger],
    ...(isShadow && { ShadowProductionVariants: [challenger] }),
    Tags: deploy.tags,
  };
}

function alarmOf({ key, scope, request }: AlarmPlan, config: string, deploy: DeployPlan) {
  return {
    ...request,
    AlarmName: `signalbox-prod-release-${config}-${key}`,
    Dimensions: [
      { Name: 'EndpointName', Value: deploy.endpoint },
      { Name: 'VariantName', Value: deploy.variant },
      ...(scope === 'fleet' ? [{ Name: 'EndpointConfigName', Value: config }] : []),
    ],
  };
}
