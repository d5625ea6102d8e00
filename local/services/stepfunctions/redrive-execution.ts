import { redrivability } from '../../asl/redrivability.ts';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { announce } from './status-events.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly executionArn: string;
  readonly clientToken?: string;
}

/** How long, and how many of, an execution's client tokens are remembered (API reference). */
const TOKEN_KEPT_MS = 15 * 60_000;
const TOKENS_KEPT = 10;

interface UsedToken {
  readonly token: string;
  readonly redriveMs: number;
}

/** Restarts a Standard execution where it failed, was stopped or ran out of time. */
export const redriveExecution = (states: StepFunctions): Operation => {
  const used = new Map<string, UsedToken[]>();
  return ({ executionArn, clientToken }: Input) => {
    const execution = states.findStandardExecution(executionArn);
    const nowMs = states.world.clock.now();
    const tokens = (used.get(executionArn) ?? []).filter(
      ({ redriveMs }) => redriveMs + TOKEN_KEPT_MS > nowMs,
    );
    const repeated = tokens.find(({ token }) => token === clientToken);
    if (repeated !== undefined) return { redriveDate: new Date(repeated.redriveMs) };

    const { status, reason } = redrivability(execution);
    if (status === 'REDRIVABLE_BY_MAP_RUN')
      throw notRedrivable('Execution was started by a Map Run and can only be redriven by it');
    if (reason !== undefined) throw notRedrivable(reason);
    if (states.machines.get(execution.facts.machineArn)?.status !== 'ACTIVE')
      throw notRedrivable('State machine is in DELETING status');
    execution.redrive();
    announce(execution);
    if (clientToken !== undefined) {
      used.set(executionArn, [...tokens, { token: clientToken, redriveMs: nowMs }].slice(-TOKENS_KEPT));
    }
    return { redriveDate: new Date(nowMs) };
  };
};

const notRedrivable = (reason: string): AwsError => new AwsError('ExecutionNotRedrivable', reason);
