import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { machineArnOf } from './arns.ts';
import type { StepFunctions } from './stepfunctions.ts';

/**
 * Deletes a machine with its versions and aliases, once its executions have
 * ended: each is ended at its next transition. A machine that is not there is
 * no fault.
 */
export const deleteStateMachine =
  (states: StepFunctions): Operation =>
  async ({ stateMachineArn }: { readonly stateMachineArn: string }) => {
    const { plain, label, version, alias } = machineArnOf(stateMachineArn);
    if (label !== undefined || version !== undefined || alias !== undefined) {
      throw new AwsError(
        'ValidationException',
        `The state machine ARN must not be qualified: ${stateMachineArn}`,
      );
    }
    const machine = states.machines.get(plain);
    if (machine === undefined || machine.status === 'DELETING') return {};
    const running = [...states.known.values()].filter(
      ({ status, facts }) => status === 'RUNNING' && facts.machineArn.split('/')[0] === plain,
    );
    if (running.length === 0) {
      states.machines.delete(plain);
      return {};
    }
    machine.status = 'DELETING';
    for (const execution of running) execution.endAtNextTransition();
    void Promise.all(running.map(({ ended }) => ended)).then(() => states.machines.delete(plain));
    return {};
  };
