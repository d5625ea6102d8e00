import type { Fault } from '#shared/faults.ts';
import type { Live } from '#shared/generated/contracts.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';
import { VARIANT } from './deploy-plan.ts';

/** From these SageMaker comes back by itself; the deployment waits its turn. */
const USABLE = new Set(['InService', 'Updating', 'SystemUpdating', 'RollingBack', 'Creating']);

/** The endpoint config of a challenger that is tried beside its champion; it is over before the next takes its turn. */
const TRIAL = /-r\d+-trial$/;

/** What keeps the endpoint as it serves now from being shifted to this release. */
export function liveFaults({ name: pipeline, deploy }: ResolvedPipeline, live: Live): Fault[] {
  const name = deploy.endpoint;
  const { status, variants, configName } = live.endpoint;
  const refuse = (what: string): Fault[] => [{ path: '$.deploy.endpoint', message: `is ${name}${what}` }];
  if (status === 'UpdateRollbackFailed') {
    return refuse(
      `, which is UpdateRollbackFailed: a rolling update could not be undone and two fleets serve (SageMaker API, DescribeEndpoint): bring one of them back with npx signalbox rollback ${pipeline}, and start the release again`,
    );
  }
  if (!USABLE.has(status)) {
    return refuse(
      `, which is ${status}; SageMaker accepts no update in that state: delete the endpoint or repair it first`,
    );
  }
  if (live.package === undefined) {
    return refuse(
      `, which serves ${configName}; that was not made from a model package, so there is no champion to compare with: choose another endpoint or delete this one`,
    );
  }
  const owner = live.package.properties.pipeline;
  if (owner !== pipeline) {
    return refuse(
      `, which serves a model of ${owner ?? 'nobody we know'}; an endpoint serves one pipeline, so choose another`,
    );
  }
  // SageMaker tells no variants before the endpoint is there.
  if (status === 'Creating') return [];
  const found = variants.map((variant) => variant.name);
  const isOurs = TRIAL.test(configName)
    ? found.includes(VARIANT)
    : found.length === 1 && found[0] === VARIANT;
  if (!isOurs) {
    return refuse(
      ` with the variants ${found.join(', ')}; a guarded update must keep the variant names, and Signalbox names its one variant ${VARIANT}`,
    );
  }
  if (variants.some(({ isServerless }) => isServerless)) {
    return refuse(
      ', which is serverless and has no instances to shift; choose another endpoint, or delete this one',
    );
  }
  return [];
}
