import { type ListInput, listed } from '../listed.ts';
import type { Store } from './store.ts';

export function listEndpointConfigs(store: Store, input: ListInput): Record<string, unknown> {
  const { page, NextToken } = listed([...store.configs.values()], input);
  return {
    EndpointConfigs: page.map(({ name, arn, createdMs }) => ({
      EndpointConfigName: name,
      EndpointConfigArn: arn,
      CreationTime: new Date(createdMs),
    })),
    ...(NextToken === undefined ? {} : { NextToken }),
  };
}
