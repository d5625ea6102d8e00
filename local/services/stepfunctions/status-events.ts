import type { Execution } from '../../asl/execution.ts';
import { redrivability } from '../../asl/redrivability.ts';

/** Input and output together travel in the event up to this many bytes: 248 KiB. */
const DATA_LIMIT_BYTES = 248 * 1024;

/** Tells EventBridge of an attempt's start and, when it comes, its end. Express executions send no events. */
export function announce(execution: Execution): void {
  if (execution.machine.type === 'EXPRESS') return;
  emitStatusChange(execution);
  void execution.ended.then(() => emitStatusChange(execution));
}

/** In the shape of AWS's schema. */
function emitStatusChange(execution: Execution): void {
  const { world, facts, input, status, output, error, cause, stopMs } = execution;
  const redrive = redrivability(execution);
  const included = Buffer.byteLength(input.text) + Buffer.byteLength(output ?? '') <= DATA_LIMIT_BYTES;
  world.events.emit({
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [facts.arn],
    detail: {
      executionArn: facts.arn,
      stateMachineArn: facts.machineArn,
      name: facts.name,
      status,
      startDate: facts.startMs,
      stopDate: stopMs ?? null,
      input: included ? input.text : null,
      output: included ? (output ?? null) : null,
      inputDetails: { included },
      outputDetails: output === undefined ? null : { included },
      error: error ?? null,
      cause: cause ?? null,
      stateMachineVersionArn: facts.versionArn ?? null,
      stateMachineAliasArn: facts.aliasArn ?? null,
      redriveCount: facts.redriveCount,
      redriveDate: facts.redriveMs ?? null,
      redriveStatus: redrive.status,
      redriveStatusReason: redrive.reason ?? null,
    },
  });
}
