import { type ChildStatus, statusOf } from '../../asl/distributed/children.ts';
import type { Execution } from '../../asl/execution.ts';
import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { notForThisType } from './names.ts';
import { pageOf } from './paging.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineArn?: string;
  readonly mapRunArn?: string;
  readonly statusFilter?: Execution['status'] | 'PENDING_REDRIVE';
  readonly redriveFilter?: 'REDRIVEN' | 'NOT_REDRIVEN';
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Of one Standard machine, version, alias or map run, the latest first. */
export const listExecutions =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { statusFilter, redriveFilter, mapRunArn } = input;
    const executions = (mapRunArn === undefined ? ofMachine(states, input) : ofMapRun(states, input))
      .filter(({ status }) => (statusFilter ?? status) === status)
      .filter(
        ({ facts }) =>
          redriveFilter === undefined || facts.redriveCount > 0 === (redriveFilter === 'REDRIVEN'),
      )
      .reverse();
    const { items, ...page } = pageOf(executions, input);
    return { executions: items.map((execution) => listItem(execution, mapRunArn !== undefined)), ...page };
  };

type Listed = Pick<Execution, 'facts' | 'stopMs'> & { readonly status: ChildStatus };

function ofMachine(states: StepFunctions, { stateMachineArn, redriveFilter }: Input): Listed[] {
  if (stateMachineArn === undefined)
    throw validationError('Exactly one of stateMachineArn and mapRunArn must be specified');
  if (redriveFilter !== undefined)
    throw validationError('redriveFilter can only be specified together with mapRunArn');
  const { machine, version, aliasArn } = states.resolve(stateMachineArn);
  if (machine.type === 'EXPRESS') throw notForThisType();
  return [...states.known.values()].filter(
    ({ facts }) =>
      facts.machineArn === machine.arn &&
      (aliasArn === undefined || facts.aliasArn === aliasArn) &&
      (aliasArn !== undefined || version === undefined || facts.versionArn === version.arn),
  );
}

function ofMapRun(states: StepFunctions, { mapRunArn, stateMachineArn }: Input): Listed[] {
  if (stateMachineArn !== undefined)
    throw validationError('Exactly one of stateMachineArn and mapRunArn must be specified');
  const { children } = states.findMapRun(mapRunArn!);
  return children.flatMap((child) => {
    const { execution } = child;
    if (execution?.machine.type !== 'STANDARD') return [];
    return [{ facts: execution.facts, stopMs: execution.stopMs, status: statusOf(child) }];
  });
}

const listItem = ({ facts, status, stopMs }: Listed, ofMap: boolean): object => ({
  executionArn: facts.arn,
  stateMachineArn: facts.machineArn,
  name: facts.name,
  status,
  startDate: new Date(facts.startMs),
  ...(stopMs !== undefined && { stopDate: new Date(stopMs) }),
  ...(ofMap && { mapRunArn: facts.mapRunArn, itemCount: facts.itemCount }),
  ...(facts.versionArn !== undefined && { stateMachineVersionArn: facts.versionArn }),
  ...(facts.aliasArn !== undefined && { stateMachineAliasArn: facts.aliasArn }),
  redriveCount: facts.redriveCount,
  ...(facts.redriveMs !== undefined && { redriveDate: new Date(facts.redriveMs) }),
});
