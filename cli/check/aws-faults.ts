import { type Fault, nearest } from '../../functions/shared/faults.ts';
import { modelOf, type Shape } from '../../local/models/model.ts';
import { validateInput } from '../../local/models/validate.ts';
import { type PlannedRequest, plannedRequests } from './plan-requests.ts';
import type { SamplePlan } from './sample-plan.ts';

/** Where instance types stand in a pipeline file, and for which use. */
const TYPES: readonly (readonly [step: string, use: Use])[] = [
  ['process', 'processing'],
  ['train', 'training'],
  ['evaluate', 'processing'],
  ['deploy', 'endpoints'],
];

type Use = 'processing' | 'training' | 'endpoints';

/** Instance types that SageMaker does not offer for their use. @param written may be wrong in every other way */
export function typeFaults(written: unknown): Fault[] {
  const pipeline = written as Record<string, Partial<Step> | undefined> | undefined;
  return TYPES.flatMap(([name, use]) => {
    const step = pipeline?.[name];
    const ladder = Array.isArray(step?.spot?.ladder) ? (step.spot.ladder as unknown[]) : [];
    return [
      ...typeFault(`$.${name}.instances.type`, step?.instances?.type, use),
      ...ladder.flatMap((type, at) => typeFault(`$.${name}.spot.ladder[${at}]`, type, use)),
    ];
  });
}

interface Step {
  readonly instances: { readonly type?: unknown };
  readonly spot: { readonly ladder?: unknown };
}

function typeFault(path: string, type: unknown, use: Use): Fault[] {
  // What does not even look like a type is told by the contract.
  if (typeof type !== 'string' || !type.startsWith('ml.')) return [];
  const known = offered[use]();
  if (known.has(type)) return [];
  const near = nearest(type, [...known]);
  return [
    {
      path,
      message: `is ${type}, which SageMaker does not offer for ${use}${near ? `; did you mean ${near}?` : ''}`,
    },
  ];
}

const offered: Readonly<Record<Use, () => ReadonlySet<string>>> = {
  processing: () => valuesOf('CreateProcessingJob', 'ProcessingResources', 'ClusterConfig', 'InstanceType'),
  training: () => valuesOf('CreateTrainingJob', 'ResourceConfig', 'InstanceType'),
  endpoints: () => valuesOf('CreateEndpointConfig', 'ProductionVariants', 'InstanceType'),
};

/** What AWS's model allows for a member; lists are entered. */
function valuesOf(operation: string, ...path: readonly string[]): ReadonlySet<string> {
  let shape: Shape = modelOf('sagemaker').operation(operation)!.input;
  for (const name of path) {
    shape = shape.members.get(name)!;
    if (shape.kind === 'list') shape = shape.value!;
  }
  return shape.values!;
}

/** What AWS's own models refuse in the requests of a plan: each is asked for as a release would. */
export function requestFaults(sample: SamplePlan): Fault[] {
  // Each rung of a ladder is refused for the same reason.
  const faults = plannedRequests(sample).flatMap(refused);
  return [...new Map(faults.map((fault) => [fault.message, fault])).values()];
}

/** A refusal repeats what it refuses, which may be long. */
const LONGEST = 600;

const SERVICES: Readonly<Record<string, string>> = { sagemaker: 'SageMaker', cloudwatch: 'CloudWatch' };

function refused({ path, service, operation, input }: PlannedRequest): Fault[] {
  try {
    if (validateInput(service, operation, input)) return [];
    throw new Error('its model is not among local/models');
  } catch (error) {
    const { message } = error as Error;
    const said = message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
    return [{ path, message: `would be refused by ${SERVICES[service] ?? service}'s ${operation}: ${said}` }];
  }
}
