import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** Restarts the heartbeat's clock, never that of `TimeoutSeconds`. */
export const sendTaskHeartbeat =
  (states: StepFunctions): Operation =>
  ({ taskToken }: { readonly taskToken: string }) => {
    states.tokens.beat(taskToken);
    return {};
  };
