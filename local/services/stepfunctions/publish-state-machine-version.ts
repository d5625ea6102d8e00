import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { INITIAL, publish } from './revisions.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly revisionId?: string;
  readonly description?: string;
}

/** Idempotent: a revision has one version. */
export const publishStateMachineVersion =
  (states: StepFunctions): Operation =>
  ({ stateMachineArn, revisionId, description }: Input) => {
    const machine = states.findActiveMachine(stateMachineArn);
    const current = machine.revision.id ?? INITIAL;
    if (revisionId !== undefined && revisionId !== current) {
      throw new AwsError(
        'ConflictException',
        `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${current}.`,
      );
    }
    const version = publish(states, machine, description);
    return { stateMachineVersionArn: version.arn, creationDate: new Date(version.creationMs) };
  };
