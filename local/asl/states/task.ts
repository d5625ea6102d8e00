import { AbortScope } from '../abort.ts';
import type { Callback } from '../callback-tokens.ts';
import { withRecovery } from '../catch.ts';
import { type Data, dataOf, exceedsLimit } from '../data.ts';
import { ABORTED, dataLimitExceeded, StateError } from '../errors.ts';
import type { Frame } from '../frame.ts';
import type { TaskCall } from '../integrations/integration.ts';
import { integrationFor } from '../integrations/integrations.ts';
import { serviceError } from '../integrations/service-errors.ts';
import type { TaskState } from '../machine.ts';
import { StateRun, type Step } from '../state-run.ts';
import { TaskEvents } from './task-events.ts';
import { limitsOf, withinSeconds } from './task-limits.ts';

/** Asks a service for something, and waits for its answer, for a job's end or for a callback. */
export function runTask(frame: Frame, state: TaskState, input: Data): Promise<Step> {
  const run = new StateRun(frame, state, input);
  return withRecovery(run, () => attempt(run));
}

/** One attempt: arguments are evaluated again each time, and a callback gets a token of its own. */
async function attempt(run: StateRun<TaskState>): Promise<Step> {
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
    events.scheduled(input.text, limits, execution.world.region);
    // Branches side by side schedule their tasks before the first one starts (recorded by AWS).
    await undefined;
    if (frame.abort.aborted) throw ABORTED;
    events.started();
    if (limits.heartbeatSeconds !== undefined) callback?.expectHeartbeats(limits.heartbeatSeconds);
    const work = resultOf(run, input.value, callback, events, abort);
    const result = await withinSeconds(limits.timeoutSeconds, work, frame, abort);
    if (exceedsLimit(result.text)) throw dataLimitExceeded(state.resource.resourceType);
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

function argumentsOf(run: StateRun<TaskState>): Data | Promise<Data> {
  const template = run.state.arguments;
  if (template === undefined) return run.input;
  const checked = (value: unknown): Data => {
    const input = dataOf(value);
    if (exceedsLimit(input.text)) throw dataLimitExceeded(run.state.name);
    return input;
  };
  const evaluated = run.evaluate(template, run.environment(), 'Arguments');
  return evaluated instanceof Promise ? evaluated.then(checked) : checked(evaluated);
}

async function resultOf(
  run: StateRun<TaskState>,
  input: unknown,
  callback: Callback | undefined,
  events: TaskEvents,
  abort: AbortScope,
): Promise<Data> {
  const { resource } = run.state;
  const integration = integrationFor(resource);
  const task = taskCall(run, input, abort);
  try {
    const answer = await abort.guard(integration.request(task));
    if (resource.pattern === 'request') return dataOf(answer);
    events.submitted(dataOf(answer).text);
    if (callback === undefined) return dataOf(await abort.guard(integration.finish!(task, answer)));
    const text = await abort.guard(callback.answered);
    return { value: JSON.parse(text), text };
  } catch (thrown) {
    throw serviceError(thrown, resource, run.frame.execution.random);
  }
}

function taskCall({ frame, state }: StateRun<TaskState>, input: unknown, abort: AbortScope): TaskCall {
  const { execution } = frame;
  const { service } = state.resource;
  const caller = { arn: execution.facts.roleArn, via: 'state', sourceArn: execution.facts.arn } as const;
  return {
    execution,
    resource: state.resource,
    arguments: input,
    call: (operation, body) => execution.world.door.call({ service, operation, input: body, caller }),
    // Not told by a time-out of the task itself: AWS lets the job go on then.
    whenGivenUp(undo) {
      abort.whenClosed(frame.abort.onAbort(undo));
    },
  };
}
