import type { Operation } from '../../service.ts';
import { pageOf } from './paging.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly executionArn: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Those that one execution started, the latest first. */
export const listMapRuns =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { facts } = states.findStandardExecution(input.executionArn);
    const mapRuns = [...states.mapRuns.values()].filter(({ parent }) => parent.facts.arn === facts.arn);
    const { items, ...page } = pageOf(mapRuns.reverse(), input);
    return {
      mapRuns: items.map(({ arn, stateMachineArn, startMs, stopMs }) => ({
        executionArn: facts.arn,
        mapRunArn: arn,
        stateMachineArn,
        startDate: new Date(startMs),
        ...(stopMs !== undefined && { stopDate: new Date(stopMs) }),
      })),
      ...page,
    };
  };
