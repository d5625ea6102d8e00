import type { Operation } from '../../service.ts';
import { pageOf } from './paging.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** The latest first. */
export const listStateMachineVersions =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { versions } = states.findMachine(input.stateMachineArn);
    const { items, ...page } = pageOf([...versions.values()].reverse(), input);
    return {
      stateMachineVersions: items.map(({ arn, creationMs }) => ({
        stateMachineVersionArn: arn,
        creationDate: new Date(creationMs),
      })),
      ...page,
    };
  };
