/** An endpoint with SageMaker's manners: one update at a time, which completes or goes back; no update to a deleted config. */
import { STEP } from './step-names.ts';
import { bit, type Execution, STATUS, type World } from './world.ts';

const { clz32 } = Math;

export type Answer = 'accepted' | 'in progress' | 'no such config' | 'no such variant';

export function updateEndpoint(world: World, by: Execution, config: number): Answer {
  const { endpoint } = world;
  if ((endpoint.gone & bit(config)) !== 0) return 'no such config';
  if (endpoint.updating !== 0) return 'in progress';
  if (by.status !== STATUS.RUNNING && somebodyElseActs(world, by)) world.wrong = 'stale call';
  endpoint.updating = bit(config);
  endpoint.toWeight = 0;
  return 'accepted';
}

/** UpdateEndpointWeightsAndCapacities: all requests to the challenger of whatever trial there is. */
export function updateWeights(world: World, by: Execution): Answer {
  const { endpoint } = world;
  if (endpoint.updating !== 0) return 'in progress';
  // The variant has the same name in every trial: SageMaker does not ask whose it is.
  if (world.makerOf(endpoint.serves) === endpoint.serves) return 'no such variant';
  if (by.status !== STATUS.RUNNING && somebodyElseActs(world, by)) world.wrong = 'stale call';
  endpoint.updating = bit(endpoint.serves);
  endpoint.toWeight = 1;
  return 'accepted';
}

export function deleteEndpointConfig(world: World, config: number): void {
  if (world.endpoint.serves === config || world.endpoint.updating === bit(config)) {
    world.wrong = 'deleted what serves';
  }
  world.endpoint.gone |= bit(config);
}

/** The update under way is done: the new config serves. */
export function completes(world: World): boolean {
  const { endpoint } = world;
  if (endpoint.updating === 0) return false;
  endpoint.serves = highestBit(endpoint.updating);
  endpoint.weight = endpoint.toWeight;
  endpoint.updating = 0;
  endpoint.toWeight = 0;
  const proven = highestBit(endpoint.proven | 1);
  if (world.rankOf(endpoint.serves) < proven) world.wrong = 'older after newer';
  return true;
}

/** An alarm rang or a fleet did not come up: what served goes on serving. */
export function goesBack(world: World): boolean {
  if (world.endpoint.updating === 0) return false;
  world.endpoint.updating = 0;
  world.endpoint.toWeight = 0;
  return true;
}

function somebodyElseActs(world: World, me: Execution): boolean {
  return world.executions.some((other) => other !== me && other.isRunning && isActing(other));
}

/** Between the check and the proof: it has called UpdateEndpoint or is about to. */
export function isActing({ step }: Execution): boolean {
  return (
    (step > STEP.CHECK && step <= STEP.UNSHIFT) ||
    (step >= STEP.RESTORE && step <= STEP['UNSHIFT THE RESTORED'])
  );
}

const highestBit = (bits: number): number => 31 - clz32(bits);
