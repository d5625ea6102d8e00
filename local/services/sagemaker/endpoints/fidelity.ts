import type { Fidelity } from '../../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'SageMaker: endpoints',
  behaviours: [
    {
      behaviour: 'Texts for missing, existing and in-progress models, configurations and endpoints',
      source: 'guide; reported',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Guarded updates: bake, termination wait, alarms watched from the first second to the end of the termination wait',
      source: 'guide: Deployment guardrails',
      standing: 'as AWS',
    },
    {
      behaviour: 'A canary is whole instances: its percentage rounded down, at least 1, at most half',
      source: 'guide; the rounding is not told',
      standing: 'unconfirmed',
      case: 'sagemaker/canary-in-whole-instances',
    },
    {
      behaviour: 'A canary of a fleet with one instance is refused',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/canary-of-one-instance',
    },
    {
      behaviour: 'An alarm that rings at the start rolls the update back too',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/alarm-rings-before-the-update',
    },
    {
      behaviour: 'After a rollback: `InService` on the old configuration, `FailureReason` filled',
      source: 'guide; reported',
      standing: 'as AWS',
    },
    {
      behaviour: 'The text of a rollback’s `FailureReason`; an alarm set by `SetAlarmState` counts',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/alarm-rolls-back',
    },
    {
      behaviour: 'A composite alarm may guard an update',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/composite-alarm',
    },
    {
      behaviour: 'A scenario can let SageMaker return to the old configuration without any alarm',
      source: 'reported: hashicorp/terraform-provider-aws#46663',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A container that never answers `/ping`: a new endpoint ends `Failed`, an update returns to the old configuration',
      source: 'guide; reported',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A fleet is one process that stands for all its instances; requests fall evenly, from a seeded place on, as the instances’ count and the weights say: of a hundred about as many as the share is',
      source: 'a laptop has no fleets',
      standing: 'ours',
    },
    {
      behaviour:
        'Serverless, async, several containers or models, uncompressed models, instance pools, accelerators, explainers: refused',
      source: 'guide: CreateEndpointConfig',
      standing: 'not modelled',
    },
    {
      behaviour: 'Data capture is accepted and described, but no file is written: accepted in silence',
      source: 'guide: Capture data',
      standing: 'not modelled',
    },
    {
      behaviour:
        'Linear and rolling shifts in whole instances; rolling provisions each batch, gives old instances back when it has baked, and comes back in batches of `RollbackMaximumBatchSize`',
      source: 'guide: Deployment guardrails',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Inf1 endpoints, containers of the Marketplace (a model package’s `ProductId`), and rolling updates of several variants move all at once: no baking, no alarm, no deployment event, no word',
      source: 'guide: Exclusions',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A scenario can let a rolling update fail on its way back: `UpdateRollbackFailed`, both fleets serve until the next update',
      source: 'model: DescribeEndpoint',
      standing: 'as AWS',
    },
    {
      behaviour: 'A change of weights or counts that a scenario turns back shows `RollingBack`',
      source: 'model: DescribeEndpoint',
      standing: 'as AWS',
    },
    {
      behaviour: 'Variant names may change only without a `DeploymentConfig`',
      source: 'guide: Deployment guardrails; reported',
      standing: 'as AWS',
    },
    {
      behaviour: '`UpdateEndpoint` is refused when the configuration that serves has been deleted',
      source: 'reported: hashicorp/terraform-provider-aws#40048',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A variant that is a scalable target keeps its name and instance type; deleting the endpoint deregisters it with the caller’s permission',
      source: 'guide: Update endpoints that use auto scaling; the refusal of the deletion is reported',
      standing: 'as AWS',
    },
    {
      behaviour: 'Scaling is blocked while an endpoint is updated',
      source: 'guide: Update endpoints that use auto scaling',
      standing: 'as AWS',
    },
    {
      behaviour: '`DeploymentConfig` at creation is only kept for `RetainDeploymentConfig`',
      source: 'model: CreateEndpoint',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Events of endpoints, deployments, configurations and models: `UPPER_SNAKE` statuses, epoch milliseconds, tags as a map',
      source: 'guide: Automating with EventBridge',
      standing: 'as AWS',
    },
    {
      behaviour: 'Rates of deployment events: one for each phase',
      source: 'guide shows samples only',
      standing: 'ours',
    },
    {
      behaviour: '`InvocationsPerInstance`, `ModelSetupTime` and `ConcurrentRequestsPerModel`',
      source: 'guide: SageMaker metrics',
      standing: 'not modelled',
    },
    {
      behaviour:
        'Shadow variants: exactly one beside one production variant, not on Inf1; copies are answered to nobody and waited for by nobody, metrics stand under the shadow’s own name',
      source: 'model: CreateEndpointConfig; guide: Shadow variants, Shadow tests',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A shadow is copied its weight over the weight of the production variant, all requests at most',
      source: 'guide tells that equal weights copy everything',
      standing: 'ours',
    },
    {
      behaviour:
        'A shadow’s weight and count are changed by `UpdateEndpointWeightsAndCapacities` like any variant’s; `TargetVariant` cannot name it',
      source: 'guide: Shadow variants; the refusal is not told',
      standing: 'ours',
    },
    {
      behaviour:
        'A variant’s share is its weight over the sum of weights; weight 0 answers only who names the variant; where all weights are 0 nobody is answered',
      source: 'model: InitialVariantWeight; the last is not told',
      standing: 'ours',
    },
    {
      behaviour:
        '`RetainAllVariantProperties` keeps weight and count by variant name, a live weight of 0 too',
      source: 'model: UpdateEndpoint',
      standing: 'as AWS',
    },
    {
      behaviour:
        'The instances’ CPU (100 for each vCPU), memory, disk and GPU metrics by endpoint and variant, each minute: of old and new fleet together',
      source: 'guide: SageMaker metrics',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Simulated instances tell what the scenario says, else 10 % CPU, 20 % memory, 10 % disk; real processes tell their own CPU and memory on Linux, the same defaults elsewhere',
      source: 'a laptop has no fleets',
      standing: 'ours',
    },
  ],
};
