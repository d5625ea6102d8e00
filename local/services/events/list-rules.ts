import type { Operation } from '../../service.ts';
import { description } from './describe-rule.ts';
import type { EventBridge } from './events.ts';

interface ListRulesInput {
  EventBusName?: string;
  NamePrefix?: string;
  Limit?: number;
  NextToken?: string;
}

/** Rules by name, page by page; the token is the last name of the page before. */
export const listRules =
  (events: EventBridge): Operation =>
  (input: ListRulesInput) => {
    const { rules } = events.bus(input.EventBusName);
    const after = input.NextToken ? Buffer.from(input.NextToken, 'base64').toString() : '';
    const names = [...rules.keys()]
      .filter((name) => name.startsWith(input.NamePrefix ?? '') && name > after)
      .sort();
    const page = names.slice(0, input.Limit ?? 100);
    return {
      Rules: page.map((name) => description(rules.get(name)!)),
      ...(page.length < names.length && { NextToken: Buffer.from(page.at(-1)!).toString('base64') }),
    };
  };
