import type { Fault } from '#shared/faults.ts';
import type { Live, PlanRequest } from '#shared/generated/contracts.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';
import { canaryFaults } from '#shared/pipeline-rules.ts';
import { shiftOf } from '#shared/shift.ts';
import { VARIANT } from './deploy-plan.ts';

/** From these SageMaker comes back by itself; the deployment waits its turn. */
const USABLE = new Set(['InService', 'Updating', 'SystemUpdating', 'RollingBack', 'Creating']);

/** What only shows against the endpoint that serves now. */
export function planFaults(pipeline: ResolvedPipeline, live: PlanRequest['live']): Fault[] {
  return live === null ? [] : [...endpointFaults(pipeline, live), ...liveCanaryFaults(pipeline, live)];
}

function endpointFaults(pipeline: ResolvedPipeline, live: Live): Fault[] {
  const path = '$.deploy.endpoint';
  const name = pipeline.deploy.endpoint;
  const { status, variants, configName } = live.endpoint;
  if (!USABLE.has(status)) {
    return [
      {
        path,
        message: `is ${name}, which is ${status}; SageMaker accepts no update in that state: delete the endpoint or repair it first`,
      },
    ];
  }
  if (live.package === undefined) {
    return [
      {
        path,
        message: `is ${name}, which serves ${configName}; that was not made from a model package, so there is no champion to compare with: choose another endpoint or delete this one`,
      },
    ];
  }
  const owner = live.package.properties.pipeline;
  if (owner !== pipeline.name) {
    return [
      {
        path,
        message: `is ${name}, which serves a model of ${owner ?? 'nobody we know'}; an endpoint serves one pipeline, so choose another`,
      },
    ];
  }
  // SageMaker tells none before the endpoint is there.
  if (status === 'Creating') return [];
  const found = variants.map((variant) => variant.name);
  if (found.length !== 1 || found[0] !== VARIANT) {
    return [
      {
        path,
        message: `is ${name} with the variants ${found.join(', ')}; a guarded update must keep the variant names, and Signalbox names its one variant ${VARIANT}`,
      },
    ];
  }
  return [];
}

function liveCanaryFaults({ deploy }: ResolvedPipeline, live: Live): Fault[] {
  const instanceCount = live.endpoint.variants[0]?.instanceCount;
  if (deploy.shift.type !== 'canary' || instanceCount === undefined) return [];
  return canaryFaults(instanceCount, shiftOf({ deploy }).percent, '$.deploy.shift (instances live now)');
}
