import type { Operation } from '../../service.ts';
import { machineArnOf } from './arns.ts';
import { pageOf } from './paging.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Of a machine, or only those that point at one of its versions. */
export const listStateMachineAliases =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { stateMachineArn } = input;
    const { plain, version } = machineArnOf(stateMachineArn);
    const aliases = [...states.findMachine(plain).aliases.values()].filter(
      ({ routing }) =>
        version === undefined ||
        routing.some(({ stateMachineVersionArn }) => stateMachineVersionArn === stateMachineArn),
    );
    const { items, ...page } = pageOf(aliases, input);
    return {
      stateMachineAliases: items.map(({ arn, creationMs }) => ({
        stateMachineAliasArn: arn,
        creationDate: new Date(creationMs),
      })),
      ...page,
    };
  };
