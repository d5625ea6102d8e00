/** What a minute of waiting is for: calls to the endpoint by those who are gone. */
import { CALLS_TO_THE_ENDPOINT } from './step-names.ts';
import { STATUS, type World } from './world.ts';

export function isCallUnderWay(world: World): boolean {
  return (
    world.executions.some(
      ({ status, step }) => status === STATUS.STOPPED && CALLS_TO_THE_ENDPOINT.has(step),
    ) || world.orphans.some(({ step }) => CALLS_TO_THE_ENDPOINT.has(step))
  );
}
