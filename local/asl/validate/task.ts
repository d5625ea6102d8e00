import { parseResource } from '../integrations/resource.ts';
import { checkArguments } from './arguments.ts';
import { isOptimizedAction } from './optimized-actions.ts';
import { isSdkAction } from './sdk-actions.ts';
import { isObject, type Json } from './shape.ts';
import type { Checks } from './validate.ts';

const ARN = /^arn:/;
const ACTIVITY = /^arn:aws[\w-]*:states:[^:]*:[^:]*:activity:/;

/** A Task's resource: known to AWS, known here, and possible in this type of machine. */
export function checkTask(state: Json, location: string, { type, report }: Checks): void {
  const { Resource, Credentials } = state;
  if (typeof Resource !== 'string') return;
  const at = `${location}/Resource`;
  if (isObject(Credentials) && Credentials.RoleArn === undefined)
    report.schema("The field 'RoleArn' is required but was missing", `${location}/Credentials`);
  if (!ARN.test(Resource)) {
    report.schema('Value is not a valid resource ARN', at);
    return;
  }
  if (ACTIVITY.test(Resource)) {
    if (type === 'EXPRESS') report.schema('Express state machine does not support Activity ARN', at);
    else report.notModelled('An activity', at);
    if (Credentials !== undefined)
      report.schema("The field 'Credentials' is not supported for activities", `${location}/Credentials`);
    return;
  }
  const resource = parseResource(Resource);
  if (!existsAtAws(Resource, resource)) {
    const why = 'The value is not a valid resource ARN, or the resource is not available in this region.';
    report.schema(`The resource provided ${Resource} is not recognized. ${why}`, at);
    return;
  }
  if (resource === undefined || 'notModelled' in resource) {
    report.notModelled(resource?.notModelled ?? `The integration ${Resource}`, at);
    return;
  }
  if (type === 'EXPRESS' && resource.pattern !== 'request') {
    // The space at the end is AWS's (recorded).
    const pattern =
      resource.pattern === 'token'
        ? "'.waitForTaskToken' service integration "
        : "'.sync' service integration";
    report.schema(`Express state machine does not support ${pattern}`, at);
  }
  checkArguments(state.Arguments, resource, `${location}/Arguments`, report);
}

/** An AWS SDK integration of a service that this world has not is taken to exist. */
function existsAtAws(arn: string, resource: ReturnType<typeof parseResource>): boolean {
  if (!arn.includes(':aws-sdk:')) {
    return (resource !== undefined && !('notModelled' in resource)) || isOptimizedAction(arn);
  }
  return resource !== undefined && ('notModelled' in resource || isSdkAction(resource));
}
