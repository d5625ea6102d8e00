import { type ListInput, listed } from '../listed.ts';
import type { Store } from './store.ts';

export function listModels(store: Store, input: ListInput): Record<string, unknown> {
  const { page, NextToken } = listed([...store.models.values()], input);
  return {
    Models: page.map(({ name, arn, createdMs }) => ({
      ModelName: name,
      ModelArn: arn,
      CreationTime: new Date(createdMs),
    })),
    ...(NextToken === undefined ? {} : { NextToken }),
  };
}
