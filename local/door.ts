import { AwsError, notModelled } from './aws-error.ts';
import { commonContext, type RequestContext } from './iam/conditions.ts';
import type { Verdict } from './iam/iam.ts';
import { refusal, unknownCaller } from './iam/refusal.ts';
import { type Ids, type Need, needsOf } from './iam/resources.ts';
import { validateInput } from './models/validate.ts';
import { remembered } from './remembered.ts';
import type { Caller, Operation, Service, ServiceName } from './service.ts';
import type { World } from './world.ts';

/** One call to AWS, from wherever it comes. */
export interface Call {
  readonly service: ServiceName;
  /** AWS's own name of the operation, such as `CreateTrainingJob`. */
  readonly operation: string;
  readonly input: unknown;
  readonly caller: Caller;
}

/** How often a role was allowed an action, and how often it was refused. */
export interface Usage {
  readonly roleArn: string;
  readonly action: string;
  readonly count: number;
  readonly refused: number;
}

/**
 * The one way into the services. In this order: is the input valid by AWS's own
 * model → who is calling → does their role allow it → is a fault due → the service.
 */
export interface Door {
  /** @throws AwsError as AWS would answer */
  call(call: Call): Promise<unknown>;
  /**
   * Whether a role may do this: for what AWS asks of a role without any call,
   * such as a managed rule behind `.sync`. Counts as use of the permission.
   */
  allows(roleArn: string, action: string, resource: string, context?: RequestContext): boolean;
  /** What each role did so far, for a table of least privilege. */
  usage(): Usage[];
}

export const createDoor = (world: World): Door => {
  const common = commonContext(world.accountId, world.region);
  const ids: Ids = {
    accountId: world.accountId,
    region: world.region,
    waitersWith: (taskToken) => waitersWith(world, taskToken),
  };
  const counts = new UsageCounts();

  const verdictOn = (caller: Caller, { action, resource, context, orOn = [] }: Need): Verdict => {
    const decide = (on: string): Verdict =>
      world.iam.decide(caller.arn, action, on, () => ({
        ...common,
        ...contextOf(caller, world.accountId),
        ...context,
      }));
    const asked = decide(resource);
    const verdict =
      asked !== 'allowed' && orOn.some((other) => decide(other) === 'allowed') ? 'allowed' : asked;
    counts.add(caller.arn, action, verdict === 'allowed');
    return verdict;
  };

  const requireAllowed = ({ service, operation, input, caller }: Call): void => {
    if (caller.via === 'person') return;
    if (!world.iam.hasRole(caller.arn) && !isService(caller.arn)) throw unknownCaller();
    for (const need of needsOf(service, operation, input, ids)) {
      const verdict = verdictOn(caller, need);
      if (verdict !== 'allowed') throw refusal(service, caller, need.action, need.resource, verdict);
    }
  };

  /** S3 tells nobody that an object is missing who may not list its bucket. */
  const hideMissing = ({ service, caller, input }: Call, error: unknown): unknown => {
    if (service !== 's3' || caller.via === 'person') return error;
    if (!(error instanceof AwsError) || !missingObjectCodes.has(error.code)) return error;
    const need = {
      action: 's3:ListBucket',
      resource: `arn:aws:s3:::${(input as { Bucket: string }).Bucket}`,
    };
    const verdict = verdictOn(caller, need);
    return verdict === 'allowed' ? error : refusal(service, caller, need.action, need.resource, verdict);
  };

  /** Everything before the service itself. A refusal stands in the journal: nobody else would tell it. */
  const pass = (call: Call): Operation => {
    try {
      const perform = operationOf(world, call);
      validateInput(call.service, call.operation, call.input);
      requireAllowed(call);
      const fault = world.scenario.fault?.(call);
      if (fault !== undefined) throw fault;
      return perform;
    } catch (error) {
      if (error instanceof AwsError) {
        world.journal.write(
          `door/${call.service}/${call.operation}`,
          `refused, ${error.code}: ${error.message}`,
        );
      }
      throw error;
    }
  };

  return {
    async call(call) {
      const perform = pass(call);
      try {
        return await perform(call.input ?? {}, call.caller);
      } catch (error) {
        throw hideMissing(call, error);
      }
    },

    allows: (roleArn, action, resource, context) =>
      verdictOn({ arn: roleArn, via: 'service' }, { action, resource, ...(context && { context }) }) ===
      'allowed',

    usage: () => counts.list(),
  };
};

/** A token that nobody waits with any more tells no machine: then any may be meant. */
const waitersWith = ({ stepfunctions }: World, taskToken: string): readonly string[] => {
  const waiter = stepfunctions.waiterOf(taskToken);
  return waiter === undefined ? [...stepfunctions.machines.keys()] : [waiter];
};

const missingObjectCodes = new Set(['NoSuchKey', 'NotFound']);

const operationOf = (world: World, { service, operation }: Call): Operation => {
  const { operations } = standInOf(world, service);
  const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (perform !== undefined) return perform;
  throw notModelled(`${service} ${operation}`);
};

/** The stand-in for a service. */
export const standInOf = (world: World, service: ServiceName): Service => {
  switch (service) {
    case 'application-autoscaling':
      return world.applicationAutoscaling;
    case 'sagemaker-runtime':
      return world.sagemakerRuntime;
    default:
      return world[service];
  }
};

const isService = (arn: string): boolean => arn.endsWith('.amazonaws.com');

/** A service says for whom it acts; a role acts for itself. */
const contextOf = (caller: Caller, accountId: string): RequestContext => {
  if (!isService(caller.arn)) return { 'aws:principalarn': caller.arn };
  return {
    'aws:sourceaccount': accountId,
    ...(caller.sourceArn && { 'aws:sourcearn': caller.sourceArn }),
    // Alarms act for their owner, which a topic's default policy asks for; rules do not.
    ...(caller.arn === 'cloudwatch.amazonaws.com' && { 'aws:sourceowner': accountId }),
  };
};

class UsageCounts {
  readonly #byCaller = new Map<string, Map<string, { count: number; refused: number }>>();

  add(caller: string, action: string, allowed: boolean): void {
    const byAction = remembered(this.#byCaller, caller, () => new Map());
    const entry = remembered(byAction, action, () => ({ count: 0, refused: 0 }));
    if (allowed) entry.count += 1;
    else entry.refused += 1;
  }

  list(): Usage[] {
    return [...this.#byCaller]
      .flatMap(([roleArn, actions]) => [...actions].map(([action, entry]) => ({ roleArn, action, ...entry })))
      .sort((a, b) => (a.roleArn + a.action < b.roleArn + b.action ? -1 : 1));
  }
}
