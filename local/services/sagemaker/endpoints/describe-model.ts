import type { Store } from './store.ts';

export function describeModel(store: Store, input: { ModelName: string }): Record<string, unknown> {
  const model = store.model(input.ModelName);
  return {
    EnableNetworkIsolation: false,
    ...model.request,
    ModelName: model.name,
    ModelArn: model.arn,
    CreationTime: new Date(model.createdMs),
  };
}
