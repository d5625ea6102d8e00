import { AwsError } from '../../aws-error.ts';
import { AbortScope } from '../abort.ts';
import { compileMachine } from '../compile.ts';
import type { Data } from '../data.ts';
import { StateError } from '../errors.ts';
import { Frame } from '../frame.ts';
import type { Expressions } from '../jsonata/expression.ts';
import type { MapState, ParallelState, State, TaskState } from '../machine.ts';
import { runState } from '../run-states.ts';
import { StateRun, type Step } from '../state-run.ts';
import { attemptTask } from '../states/task.ts';
import { invalidDefinitionMessage } from '../validate/diagnostics.ts';
import { Scope } from '../variables.ts';
import { checkContext } from './context.ts';
import { type Inspection, inspectTask, inspectVariables } from './inspection.ts';
import { objectOf } from './json.ts';
import { runMocked } from './mocked.ts';
import { type Ending, recover } from './recover.ts';
import { checkRequest, type TestStateInput } from './request.ts';
import { type StateUnderTest, stateUnderTest, TESTED_NAME } from './state-under-test.ts';
import { type Surroundings, TestExecution } from './test-execution.ts';

/**
 * Runs one state, once, and tells what it would lead to. A Task without a mock
 * calls its service in the role that is given.
 *
 * @throws AwsError `InvalidDefinition` or `ValidationException`
 */
export async function testState(
  request: TestStateInput,
  input: Data,
  expressions: Expressions,
  surroundings: Surroundings,
): Promise<Record<string, unknown>> {
  const tested = stateUnderTest(request.definition, request.stateName, expressions);
  checkRequest(request, tested);
  const context = request.context === undefined ? undefined : objectOf(request.context, 'Context');
  if (context !== undefined) checkContext(context, tested.resource);
  refuseUnmodelled(tested, request);

  const { state, frame } = enter(request, tested, input, context, expressions, surroundings);
  const inspection: Inspection = { input: input.text };
  const ending = await run(frame, state, input, request, inspection);
  inspectVariables(inspection, frame);
  return answer(ending, request.inspectionLevel === 'INFO' ? undefined : inspection);
}

/** What AWS could test and this world cannot. A mock needs no integration. */
function refuseUnmodelled({ notModelled }: StateUnderTest, { mock }: TestStateInput): void {
  const faults = notModelled.filter(
    ({ location }) => mock === undefined || location?.endsWith('/Resource') !== true,
  );
  if (faults.length > 0) throw new AwsError('InvalidDefinition', invalidDefinitionMessage(faults));
}

function enter(
  { roleArn, variables }: TestStateInput,
  { definition }: StateUnderTest,
  input: Data,
  context: object | undefined,
  expressions: Expressions,
  surroundings: Surroundings,
): { state: State; frame: Frame } {
  const machine = compileMachine(
    { StartAt: TESTED_NAME, States: { [TESTED_NAME]: definition } },
    'EXPRESS',
    expressions,
  );
  const execution = new TestExecution(surroundings, machine, input, roleArn, context);
  const scope = new Scope();
  if (variables !== undefined) scope.assign(objectOf(variables, 'Variables'));
  const lastEventId = execution.history.add('ExecutionStarted', 0);
  const frame = new Frame({ execution, scope, abort: new AbortScope(), lastEventId });
  return { state: machine.states.get(TESTED_NAME)!, frame };
}

async function run(
  frame: Frame,
  state: State,
  input: Data,
  { mock, stateConfiguration = {} }: TestStateInput,
  inspection: Inspection,
): Promise<Ending> {
  const { retrierRetryCount = 0 } = stateConfiguration;
  if (mock === undefined && state.type !== 'Task') {
    return ended(
      async () => runState(frame, state, input),
      async (error) => ({ status: 'FAILED', error }),
    );
  }
  const entry = new StateRun(frame, state as TaskState | MapState | ParallelState, input);
  entry.retryCount = retrierRetryCount;
  return ended(
    async () => {
      if (mock !== undefined) return runMocked(entry, mock, stateConfiguration, inspection);
      try {
        return await attemptTask(entry as StateRun<TaskState>);
      } finally {
        inspectTask(inspection, frame);
      }
    },
    (error) => recover(entry, error, retrierRetryCount, inspection),
  );
}

async function ended(
  attempt: () => Promise<Step>,
  failed: (error: StateError) => Promise<Ending>,
): Promise<Ending> {
  try {
    return { status: 'SUCCEEDED', step: await attempt() };
  } catch (thrown) {
    if (thrown instanceof StateError) return failed(thrown);
    throw thrown;
  }
}

function answer(ending: Ending, inspectionData: Inspection | undefined): Record<string, unknown> {
  const { status } = ending;
  return {
    ...('step' in ending && {
      output: ending.step.output.text,
      ...(ending.step.next !== undefined && { nextState: ending.step.next }),
    }),
    ...('error' in ending && {
      ...(ending.error.error !== undefined && { error: ending.error.error }),
      ...(ending.error.stateCause !== undefined && { cause: ending.error.stateCause }),
    }),
    ...(inspectionData && { inspectionData }),
    status,
  };
}
