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

/** Every call that a release makes out of its plan, with the names that it would give. */
export function plannedRequests({ plan, release }: SamplePlan): PlannedRequest[] {
  const { process, train, compile, evaluate, register, deploy } = plan;
  const sagemaker = (path: string, operation: string, input: object): PlannedRequest => ({
    path,
    service: 'sagemaker',
    operation,
    input,
  });
  return [
    ...(process === null
      ? []
      : [
          sagemaker('$.process', 'CreateProcessingJob', {
            ...process.request,
            ProcessingJobName: `${process.name}-r0`,
          }),
        ]),
    ...(train?.rungs ?? []).map(({ request }, at) =>
      sagemaker('$.train', 'CreateTrainingJob', {
        ...request,
        TrainingJobName: `${train!.name}-${at + 1}-r0`,
      }),
    ),
    ...(compile === null ? [] : [sagemaker('$.compile', 'CreateCompilationJob', compilation(compile))]),
    ...(evaluate === null
      ? []
      : [
          sagemaker('$.evaluate', 'CreateProcessingJob', {
            ...evaluate.challenger.request,
            ProcessingJobName: `${evaluate.challenger.name}-r0`,
          }),
        ]),
    ...(register === null ? [] : [sagemaker('$.register', 'CreateModelPackage', register.request)]),
    ...deployment(deploy, release).map(({ path = '$.deploy', service = 'sagemaker', ...rest }) => ({
      path,
      service,
      ...rest,
    })),
  ];
}

function compilation({ name, request }: NonNullable<SamplePlan['plan']['compile']>): object {
  const { InputConfig, ...rest } = request as { InputConfig: object };
  return {
    ...rest,
    CompilationJobName: `${name}-r0`,
    InputConfig: { ...InputConfig, S3Uri: 's3://signalbox-artifacts/model/output/model.tar.gz' },
  };
}

type DeployRequest = Partial<PlannedRequest> & Pick<PlannedRequest, 'operation' | 'input'>;

function deployment(deploy: DeployPlan, release: string): DeployRequest[] {
  const config = `${release}-r0`;
  const variant = variantOf(deploy.variant, config, deploy.instanceCount, deploy);
  const alarms = deploy.alarms.map((alarm) => alarmOf(alarm, config, deploy));
  const names = [...alarms.map(({ AlarmName }) => AlarmName), ...deploy.namedAlarms];
  return [
    {
      operation: 'CreateModel',
      input: {
        ModelName: config,
        PrimaryContainer: { ModelPackageName: `${release}-package`, Environment: deploy.environment },
        Tags: deploy.tags,
      },
    },
    {
      operation: 'CreateEndpointConfig',
      input: { EndpointConfigName: config, ProductionVariants: [variant], Tags: deploy.tags },
    },
    ...alarms.map((input) => ({
      path: '$.deploy.alarms',
      service: 'cloudwatch' as const,
      operation: 'PutMetricAlarm',
      input,
    })),
    ...(deploy.trial === null
      ? []
      : [
          {
            path: '$.deploy.shift',
            operation: 'CreateEndpointConfig',
            input: trialConfig(deploy, deploy.trial, config),
          },
        ]),
    {
      path: '$.deploy.shift',
      operation: 'UpdateEndpoint',
      input: {
        EndpointName: deploy.endpoint,
        EndpointConfigName: config,
        RetainAllVariantProperties: true,
        ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredWeight' }],
        ...(deploy.deploymentConfig && {
          DeploymentConfig: {
            ...deploy.deploymentConfig,
            AutoRollbackConfiguration: { Alarms: names.map((AlarmName) => ({ AlarmName })) },
          },
        }),
      },
    },
  ];
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
