import { awsSdk } from './aws-sdk.ts';
import { codeBuild } from './codebuild.ts';
import { putEvents } from './events.ts';
import type { Integration } from './integration.ts';
import { lambdaFunction, lambdaInvoke } from './lambda.ts';
import { optimized } from './optimized.ts';
import type { Resource } from './resource.ts';
import { sageMakerJob } from './sagemaker.ts';
import { startExecution } from './start-execution.ts';

/** Who works for a Task's resource. */
export function integrationFor(resource: Resource): Integration {
  if (resource.style === 'aws-sdk') return awsSdk;
  if (resource.style === 'function') return lambdaFunction;
  if (resource.service === 'lambda') return lambdaInvoke;
  if (resource.service === 'events') return putEvents;
  if (resource.service === 'stepfunctions') return startExecution;
  if (resource.service === 'codebuild' && resource.pattern === 'sync') return codeBuild;
  if (resource.service === 'sagemaker' && resource.pattern === 'sync') return sageMakerJob;
  return optimized;
}
