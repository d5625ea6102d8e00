import type { Execution } from '../../asl/execution.ts';

/** Input and output together travel in the event up to this many bytes: 248 KiB. */
const DATA_LIMIT_BYTES = 248 * 1024;

/** Tells EventBridge what has become of a Standard execution, in the shape of AWS's schema. */
export function emitStatusChange({
  world,
  facts,
  input,
  status,
  output,
  error,
  cause,
  stopMs,
}: Execution): void {
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
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: redriveStatus(status),
      redriveStatusReason: redriveReason(status),
    },
  });
}

/** Whether RedriveExecution would take it, in DescribeExecution's words. */
export const redriveStatus = (status: Execution['status']): string =>
  status === 'RUNNING' || status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE';

export const redriveReason = (status: Execution['status']): string | null =>
  redriveStatus(status) === 'REDRIVABLE' ? null : `Execution is ${status} and cannot be redriven`;
