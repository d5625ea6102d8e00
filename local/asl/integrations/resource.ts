import type { ServiceName } from '../../service.ts';

/** A Task's `Resource`, understood. */
export interface Resource {
  readonly style: 'optimized' | 'aws-sdk' | 'function';
  /** The history's words: `lambda` and `invoke`, `aws-sdk:s3` and `getObject`. */
  readonly resourceType: string;
  readonly resource: string;
  readonly service: ServiceName;
  /** AWS's own name of the operation. */
  readonly operation: string;
  readonly pattern: 'request' | 'sync' | 'sync:2' | 'token';
}

/** Service segments of `aws-sdk` resources and which stand-in answers them. */
export const SDK_SERVICES = new Map<string, ServiceName>([
  ['cloudwatch', 'cloudwatch'],
  ['codebuild', 'codebuild'],
  ['codecommit', 'codecommit'],
  ['codepipeline', 'codepipeline'],
  ['dynamodb', 'dynamodb'],
  ['ecr', 'ecr'],
  ['eventbridge', 'events'],
  ['lambda', 'lambda'],
  ['s3', 's3'],
  ['sagemaker', 'sagemaker'],
  ['sagemakerruntime', 'sagemaker-runtime'],
  ['scheduler', 'scheduler'],
  ['schemas', 'schemas'],
  ['sfn', 'stepfunctions'],
  ['sns', 'sns'],
  ['sqs', 'sqs'],
]);

type Patterns = readonly Resource['pattern'][];
const REQUEST: Patterns = ['request'];
const JOB: Patterns = ['request', 'sync'];
const TOKEN: Patterns = ['request', 'token'];

/** The optimized integrations that are modelled, with the patterns AWS offers for each. */
export const OPTIMIZED: Record<string, { service: ServiceName; actions: Record<string, Patterns> }> = {
  codebuild: { service: 'codebuild', actions: { startBuild: JOB, stopBuild: REQUEST } },
  dynamodb: {
    service: 'dynamodb',
    actions: { getItem: REQUEST, putItem: REQUEST, updateItem: REQUEST, deleteItem: REQUEST },
  },
  events: { service: 'events', actions: { putEvents: TOKEN } },
  lambda: { service: 'lambda', actions: { invoke: TOKEN } },
  sagemaker: {
    service: 'sagemaker',
    actions: {
      createTrainingJob: JOB,
      createProcessingJob: JOB,
      createModel: REQUEST,
      createEndpointConfig: REQUEST,
      createEndpoint: REQUEST,
      updateEndpoint: REQUEST,
    },
  },
  sns: { service: 'sns', actions: { publish: TOKEN } },
  sqs: { service: 'sqs', actions: { sendMessage: TOKEN } },
  states: { service: 'stepfunctions', actions: { startExecution: ['request', 'sync', 'sync:2', 'token'] } },
};

const SUFFIXES: Record<string, Resource['pattern']> = {
  '': 'request',
  '.sync': 'sync',
  '.sync:2': 'sync:2',
  '.waitForTaskToken': 'token',
};

const STATES_ARN =
  /^arn:aws[\w-]*:states:[\w-]*:\d*:(?<sdk>aws-sdk:)?(?<name>\w+):(?<action>\w+)(?<suffix>(\.[\w:]+)?)$/;
const ACTIVITY_ARN = /^arn:aws[\w-]*:states:[\w-]+:\d+:activity:/;
const FUNCTION_ARN = /^arn:aws[\w-]*:lambda:[\w-]+:\d+:function:/;

/** @returns undefined for what AWS would not recognize either */
export function parseResource(arn: string): Resource | { readonly notModelled: string } | undefined {
  if (FUNCTION_ARN.test(arn)) {
    return {
      style: 'function',
      resourceType: 'lambda',
      resource: arn,
      service: 'lambda',
      operation: 'Invoke',
      pattern: 'request',
    };
  }
  if (ACTIVITY_ARN.test(arn)) return { notModelled: 'An activity' };
  const parts = STATES_ARN.exec(arn)?.groups as Record<'name' | 'action' | 'suffix', string> & {
    sdk?: string;
  };
  if (!parts) return undefined;
  const { sdk, name, action, suffix } = parts;
  const pattern = SUFFIXES[suffix];
  if (pattern === undefined) return undefined;
  const operation = action[0]!.toUpperCase() + action.slice(1);
  const resource = `${action}${suffix}`;
  if (sdk !== undefined) {
    if (pattern === 'sync' || pattern === 'sync:2') return undefined;
    const service = SDK_SERVICES.get(name);
    if (service === undefined) return { notModelled: `The AWS SDK integration with '${name}'` };
    return { style: 'aws-sdk', resourceType: `aws-sdk:${name}`, resource, service, operation, pattern };
  }
  if (name === 'http') return { notModelled: 'A task that calls an HTTP endpoint' };
  const known = Object.hasOwn(OPTIMIZED, name) ? OPTIMIZED[name] : undefined;
  const patterns = known && Object.hasOwn(known.actions, action) ? known.actions[action] : undefined;
  if (known === undefined || patterns === undefined) {
    return { notModelled: `The optimized integration '${name}:${action}'` };
  }
  if (!patterns.includes(pattern)) return undefined;
  return { style: 'optimized', resourceType: name, resource, service: known.service, operation, pattern };
}
