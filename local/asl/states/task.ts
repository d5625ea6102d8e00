import { AbortScope } from '../abort.ts';
import type { Callback } from '../callback-tokens.ts';
import { withRecovery } from '../catch.ts';
import { type Data, exceedsLimit } from '../data.ts';
import { ABORTED, ResultTooLarge, StateError } from '../errors.ts';
import type { Frame } from '../frame.ts';
import type { TaskCall } from '../integrations/integration.ts';
import { integrationFor } from '../integrations/integrations.ts';
import type { Resource } from '../integrations/resource.ts';
import { serviceError } from '../integrations/service-errors.ts';
import type { TaskState } from '../machine.ts';
import { StateRun, type Step } from '../state-run.ts';
import { argumentsOf } from './task-arguments.ts';
import { credentialsOf, requireAssumable } from './task-credentials.ts';
import { TaskEvents } from './task-events.ts';
import { limitsOf, withinSeconds } from './task-limits.ts';

/** Asks a service for something, and waits for its answer, for a job's end or for a callback. */
export function runTask(frame: Frame, state: TaskState, input: Data): Promise<Step> {
  const run = new StateRun(frame, state, input);
  return withRecovery(run, () => attemptTask(run));
}

/** One attempt: arguments are evaluated again each time, and a callback gets a token of its own. */
export async function attemptTask(run: StateRun<TaskState>): Promise<Step> {
  const { frame, state } = run;
  const { execution } = frame;
  const callback =
    state.resource.pattern === 'token'
      ? execution.tokens.open(execution.random, execution.facts.machineArn)
      : undefined;
  run.token = callback?.token;
  const abort = new AbortScope(frame.abort);
  const events = new TaskEvents(frame, state.resource);
  try {
    // Nothing is awaited here unless it must be: AWS enters and schedules in one go, branch by branch.
    const evaluated = argumentsOf(run);
    const input = evaluated instanceof Promise ? await evaluated : evaluated;
    const limited = limitsOf(run);
    const limits = limited instanceof Promise ? await limited : limited;
    const assumed = credentialsOf(run);
    const roleArn = assumed instanceof Promise ? await assumed : assumed;
    events.scheduled(input.text, limits, roleArn, execution.world.region);
    // Branches side by side schedule their tasks before the first one starts (recorded by AWS).
    await undefined;
    if (frame.abort.aborted) throw ABORTED;
    events.started();
    if (limits.heartbeatSeconds !== undefined) callback?.expectHeartbeats(limits.heartbeatSeconds);
    const work = resultOf(run, { input: input.value, roleArn, callback, events, abort });
    const result = await withinSeconds(limits.timeoutSeconds, work, frame, abort);
    if (exceedsLimit(result.text)) throw new ResultTooLarge(nameOf(state.resource));
    events.succeeded(result.text);
    return await run.leave(state, state.next, result, { result: result.value });
  } catch (thrown) {
    if (thrown instanceof StateError) events.failed(thrown);
    throw thrown;
  } finally {
    abort.close();
    callback?.close();
  }
}

/** What AWS calls a task in its error texts. */
const nameOf = ({ style, resource, resourceType }: Resource): string =>
  style === 'function' ? resource : resourceType;

/** What one attempt has, once it has been scheduled. */
interface Attempt {
  readonly input: unknown;
  /** Of the state's `Credentials`. */
  readonly roleArn: string | undefined;
  readonly callback: Callback | undefined;
  readonly events: TaskEvents;
  readonly abort: AbortScope;
}

async function resultOf(
  run: StateRun<TaskState>,
  { input, roleArn, callback, events, abort }: Attempt,
): Promise<Data> {
  const { resource } = run.state;
  const integration = integrationFor(resource);
  const { facts, world } = run.frame.execution;
  if (roleArn !== undefined) requireAssumable(world, facts.roleArn, roleArn);
  const task = taskCall(run, input, roleArn ?? facts.roleArn, abort);
  try {
    const answer = await abort.guard(integration.request(task));
    if (resource.pattern === 'request') return answer;
    events.submitted(answer.text);
    if (callback === undefined) return await abort.guard(integration.finish!(task, answer.value));
    const text = await abort.guard(callback.answered);
    return { value: JSON.parse(text), text };
  } catch (thrown) {
    throw serviceError(thrown, resource, run.frame.execution.random);
  }
}

function taskCall(run: StateRun<TaskState>, input: unknown, roleArn: string, abort: AbortScope): TaskCall {
  const { frame, state } = run;
  const { execution } = frame;
  const { service } = state.resource;
  const caller = { arn: roleArn, via: 'state', sourceArn: execution.facts.arn } as const;
  return {
    execution,
    resource: state.resource,
    arguments: input,
    call: (operation, body) => execution.world.door.call({ service, operation, input: body, caller }),
    earlierChild: run.takeKept<string>(),
    keepChild(executionArn) {
      run.kept = executionArn;
    },
    // Not told by a time-out of the task itself: AWS lets the job go on then.
    whenGivenUp(undo) {
      abort.whenClosed(frame.abort.onAbort(undo));
    },
  };
}
