import { AwsError, notModelled } from './aws-error.ts';
import { DoorUsage, type Tally, type Usage } from './door-usage.ts';
import { CallFaults } from './faults/call-faults.ts';
import type { CallFault } from './faults/faults.ts';
import { suffer } from './faults/suffer.ts';
import { callerContext, isService } from './iam/caller-context.ts';
import { commonContext, type RequestContext } from './iam/conditions.ts';
import type { Verdict } from './iam/iam.ts';
import type { Ids, Need } from './iam/needs/need.ts';
import { needsOf } from './iam/needs/needs.ts';
import { refusal, unknownCaller } from './iam/refusal.ts';
import { requireRoleOfMachine } from './iam/state-machine-role.ts';
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
  tally(): Readonly<Tally>;
}

export const createDoor = (world: World): Door => {
  const common = commonContext(world.accountId, world.region);
  const ids: Ids = {
    accountId: world.accountId,
    region: world.region,
    waitersWith: (taskToken) => waitersWith(world, taskToken),
    keyOf: (resourceArn) => world.iam.keyOf(resourceArn),
  };
  const usage = new DoorUsage();
  const faults = new CallFaults(world);

  const ofRoles = new Map<string, RequestContext>();
  const newContext = (caller: Caller): RequestContext => ({
    ...common,
    ...callerContext(caller, world.accountId),
  });
  /** One and the same for a role, which is told by its ARN alone. */
  const contextOf = (caller: Caller): RequestContext =>
    isService(caller.arn) ? newContext(caller) : remembered(ofRoles, caller.arn, () => newContext(caller));

  const verdictOn = (caller: Caller, { action, resource, context, orOn = [] }: Need): Verdict => {
    const decide = (on: string): Verdict =>
      world.iam.decide(caller.arn, action, on, () =>
        context === undefined ? contextOf(caller) : { ...contextOf(caller), ...context },
      );
    const asked = decide(resource);
    const verdict =
      asked !== 'allowed' && orOn.some((other) => decide(other) === 'allowed') ? 'allowed' : asked;
    usage.add(caller.arn, action, resource, verdict === 'allowed');
    return verdict;
  };

  /** What the call needs, found allowed. People need nothing. */
  const allowedNeeds = ({ service, operation, input, caller }: Call): readonly Need[] => {
    if (caller.via === 'person') return [];
    const { iam } = world;
    if (!iam.isUnguarded && !iam.hasRole(caller.arn) && !isService(caller.arn)) throw unknownCaller();
    const needs = needsOf(service, operation, input, ids);
    for (const need of needs) {
      const verdict = verdictOn(caller, need);
      if (verdict !== 'allowed') throw refusal(service, caller, need.action, need.resource, verdict);
    }
    return needs;
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
  const pass = (call: Call): { perform: Operation; fault: CallFault | undefined } => {
    const counted = call.caller.via === 'person' ? undefined : usage.tally;
    if (counted) counted.calls += 1;
    try {
      const perform = operationOf(world, call);
      const isValid = validateInput(call.service, call.operation, call.input);
      if (counted && isValid) counted.valid += 1;
      const needs = allowedNeeds(call);
      requireRoleOfMachine(world, call);
      if (counted) counted.allowed += 1;
      const fault = faults.dueAt(call, needs);
      const error = world.scenario.fault?.(call);
      if (error !== undefined) throw error;
      return { perform, fault };
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
      const { perform, fault } = pass(call);
      const act = async (): Promise<unknown> => {
        try {
          return await perform(call.input ?? {}, call.caller);
        } catch (error) {
          throw hideMissing(call, error);
        }
      };
      return fault === undefined ? act() : suffer(world, fault, call, act);
    },

    allows: (roleArn, action, resource, context) =>
      verdictOn({ arn: roleArn, via: 'service' }, { action, resource, ...(context && { context }) }) ===
      'allowed',

    usage: () => usage.list(),
    tally: () => usage.tally,
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
