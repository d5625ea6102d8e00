import type { SimulatedFleet } from '../../scenario.ts';
import type { World } from '../../world.ts';
import type { Fleet, FleetRunner, FleetSpec, InstanceLoad, InvocationAnswer } from '../runner.ts';
import { INVOCATION_LIMIT_MS, InvocationTimedOutError, PingFailedError } from './errors.ts';

/** Fleets that are only spoken of: the scenario says how they behave, virtual time passes, no process starts. */
export function createSimulatedFleets(world: World): FleetRunner {
  return {
    async startFleet(spec: FleetSpec): Promise<Fleet> {
      const behaviour = world.scenario.fleet?.(spec) ?? {};
      if (behaviour.healthy === false) {
        await world.clock.sleep(spec.startUpSeconds * 1000);
        throw new PingFailedError(spec.variantName);
      }
      return fleetOf(behaviour, world, spec);
    },
    async close() {},
  };
}

function fleetOf(behaviour: SimulatedFleet, world: World, spec: FleetSpec): Fleet {
  const { requestsPerMinute = 0, errorShare = 0, latencyMs = 20 } = behaviour;
  const random = world.random.stream(
    `fleets/${spec.endpointName}/${spec.endpointConfigName}/${spec.variantName}`,
  );
  const usual = (): InvocationAnswer => {
    const failed = random.number() < errorShare;
    const body = failed ? '{"error":"simulated"}' : '{}';
    return {
      statusCode: failed ? 500 : 200,
      body: Buffer.from(body),
      contentType: 'application/json',
      latencyMs,
    };
  };
  return {
    traffic: { requestsPerMinute, errorShare, latencyMs },
    load: loadOf(behaviour),
    async invoke(invocation) {
      const answer = behaviour.answer?.(invocation.body) ?? usual();
      if (answer.latencyMs > INVOCATION_LIMIT_MS) throw new InvocationTimedOutError(INVOCATION_LIMIT_MS);
      return answer;
    },
    async stop() {},
  };
}

/** What the scenario says of the instances, and nothing more: what it leaves out must not be undefined. */
const loadOf = (behaviour: SimulatedFleet): Partial<InstanceLoad> =>
  Object.fromEntries(Object.entries(behaviour).filter(([name]) => name.endsWith('Percent')));
