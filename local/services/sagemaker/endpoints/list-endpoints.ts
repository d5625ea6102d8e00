import { type ListInput, listed } from '../listed.ts';
import type { Store } from './store.ts';

export function listEndpoints(store: Store, input: ListInput): Record<string, unknown> {
  const { page, NextToken } = listed([...store.endpoints.values()], input);
  return {
    Endpoints: page.map(({ name, arn, createdMs, modifiedMs, status }) => ({
      EndpointName: name,
      EndpointArn: arn,
      CreationTime: new Date(createdMs),
      LastModifiedTime: new Date(modifiedMs),
      EndpointStatus: status,
    })),
    ...(NextToken === undefined ? {} : { NextToken }),
  };
}
