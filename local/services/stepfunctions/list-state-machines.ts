import type { Operation } from '../../service.ts';
import { pageOf } from './paging.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** By name, as AWS answers them. */
export const listStateMachines =
  (states: StepFunctions): Operation =>
  (input: { readonly maxResults?: number; readonly nextToken?: string }) => {
    const machines = [...states.machines.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, ...page } = pageOf(machines, input);
    return {
      stateMachines: items.map(({ arn, name, type, creationMs }) => ({
        stateMachineArn: arn,
        name,
        type,
        creationDate: new Date(creationMs),
      })),
      ...page,
    };
  };
