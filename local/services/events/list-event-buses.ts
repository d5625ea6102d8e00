import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import { DEFAULT_BUS } from './rule.ts';

/** There is the default bus and no other. */
export const listEventBuses =
  (world: World): Operation =>
  ({ NamePrefix = '' }: { NamePrefix?: string }) => {
    const Arn = `arn:aws:events:${world.region}:${world.accountId}:event-bus/${DEFAULT_BUS}`;
    return { EventBuses: DEFAULT_BUS.startsWith(NamePrefix) ? [{ Name: DEFAULT_BUS, Arn }] : [] };
  };
