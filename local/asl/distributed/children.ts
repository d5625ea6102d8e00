import type { Random } from '../../random.ts';
import type { ExecutionFacts } from '../context.ts';
import type { Execution, ExecutionStatus } from '../execution.ts';
import type { ChildInput } from './inputs.ts';

/** One child of a map run. */
export interface Child extends ChildInput {
  /** Absent until it is started. */
  execution?: Execution;
  /** Whether its turn, in the first attempt or a redrive, is still to come. */
  waits: boolean;
}

export type ChildStatus = 'PENDING' | 'PENDING_REDRIVE' | ExecutionStatus;

export const statusOf = ({ execution, waits }: Child): ChildStatus => {
  if (execution === undefined) return 'PENDING';
  return waits ? 'PENDING_REDRIVE' : execution.status;
};

/** Children, or what `weight` says of them, by what has become of them. */
export function countByStatus(
  children: readonly Child[],
  weight: (child: Child) => number,
): Record<ChildStatus, number> {
  const counts = {
    PENDING: 0,
    PENDING_REDRIVE: 0,
    RUNNING: 0,
    SUCCEEDED: 0,
    FAILED: 0,
    TIMED_OUT: 0,
    ABORTED: 0,
  };
  for (const child of children) counts[statusOf(child)] += weight(child);
  return counts;
}

/** What a map run's ARN, and those of its children, are made of. */
export interface MapRunNames {
  /** `arn:aws:states:<region>:<account>` */
  readonly prefix: string;
  /** `<machine>/<label>` */
  readonly machineName: string;
}

/** A Standard child's ARN; with `*` all of them. */
export const childArn = ({ prefix, machineName }: MapRunNames, name: string): string =>
  `${prefix}:execution:${machineName}:${name}`;

/** What a new child knows of itself. An Express child that is run again keeps its name. */
export function factsOfChild(
  { input, itemCount, execution: before }: Child,
  names: MapRunNames,
  random: Random,
  given: Pick<ExecutionFacts, 'roleArn' | 'startMs' | 'mapRunArn'> & { readonly isExpress: boolean },
): ExecutionFacts {
  const { isExpress, ...facts } = given;
  const { prefix, machineName } = names;
  const name = before?.facts.name ?? nameUuid(random);
  return {
    ...facts,
    arn: isExpress ? `${prefix}:express:${machineName}:${name}:${random.uuid()}` : childArn(names, name),
    name,
    input: input.value,
    machineArn: `${prefix}:stateMachine:${machineName}`,
    machineName,
    redriveCount: before === undefined ? 0 : before.facts.redriveCount + 1,
    itemCount,
  };
}

/** AWS's names for map runs and their children are of UUID's version 3. */
export function nameUuid(random: Random): string {
  const uuid = random.uuid();
  return `${uuid.slice(0, 14)}3${uuid.slice(15)}`;
}
