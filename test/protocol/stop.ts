/** StopExecution, by a person or in favour of a newer intent: the execution is dead, but its last call may still land. */
import { nameOf, STEP } from './step-names.ts';
import { type Execution, STATUS } from './world.ts';

export function stop(execution: Execution): void {
  execution.status = CALLS.has(execution.step) ? STATUS.STOPPED : STATUS.DEAD;
  execution.wasStopped = 1;
}

/** Steps that change what others see; the rest only look or sleep. */
const CALLS: ReadonlySet<number> = new Set(
  Object.values(STEP).filter(
    (step) => !/^(NOT STARTED|ARM|LOOK|DESCRIBE|PARK|PROVE|WAIT|READ|END)/.test(nameOf(step)),
  ),
);
