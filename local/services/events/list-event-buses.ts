import { busDescription } from './describe-event-bus.ts';
import type { EventBridge } from './events.ts';

interface ListEventBusesInput {
  readonly NamePrefix?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** Buses by name, page by page; the token is the last name of the page before. */
export function listEventBuses(
  events: EventBridge,
  { NamePrefix = '', Limit = 100, NextToken }: ListEventBusesInput,
) {
  const after = NextToken ? Buffer.from(NextToken, 'base64').toString() : '';
  const names = [...events.buses.keys()].filter((name) => name.startsWith(NamePrefix) && name > after).sort();
  const page = names.slice(0, Limit);
  return {
    EventBuses: page.map((name) => busDescription(events.bus(name))),
    ...(page.length < names.length && { NextToken: Buffer.from(page.at(-1)!).toString('base64') }),
  };
}
