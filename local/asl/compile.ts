import { compileDistributed } from './distributed/definition.ts';
import { parseResource, type Resource } from './integrations/resource.ts';
import type { Expressions } from './jsonata/expression.ts';
import type { Catcher, Exit, Machine, Retrier, State, States } from './machine.ts';
import { compileTemplate, type Template } from './template.ts';

// biome-ignore lint/suspicious/noExplicitAny: the definition has been validated before.
type Json = any;

/** Makes a machine of a definition that `validateDefinition` has found right. */
export function compileMachine(definition: Json, type: Machine['type'], expressions: Expressions): Machine {
  return {
    ...compileStates(definition, expressions),
    type,
    ...(definition.TimeoutSeconds !== undefined && { timeoutSeconds: definition.TimeoutSeconds }),
  };
}

function compileStates(definition: Json, expressions: Expressions): States {
  const states = new Map<string, State>();
  for (const [name, state] of Object.entries<Json>(definition.States)) {
    states.set(name, compileState(name, state, expressions));
  }
  return { startAt: definition.StartAt, states };
}

function compileState(name: string, state: Json, expressions: Expressions): State {
  const template = (field: string): Template | undefined =>
    state[field] === undefined ? undefined : compileTemplate(state[field], expressions);
  const base = { name, next: state.Next as string, ...compileExit(state, expressions) };
  const recovery = {
    retry: (state.Retry ?? []).map(compileRetrier),
    catch: (state.Catch ?? []).map(
      (catcher: Json): Catcher => ({
        errorEquals: catcher.ErrorEquals,
        next: catcher.Next,
        ...compileExit(catcher, expressions),
      }),
    ),
  };
  switch (state.Type) {
    case 'Task':
      return {
        ...base,
        ...recovery,
        type: 'Task',
        resource: parseResource(state.Resource) as Resource,
        arguments: template('Arguments'),
        credentials: state.Credentials && compileTemplate(state.Credentials.RoleArn, expressions),
        timeout: template('TimeoutSeconds'),
        heartbeat: template('HeartbeatSeconds'),
      };
    case 'Choice':
      return {
        ...base,
        type: 'Choice',
        default: state.Default,
        choices: state.Choices.map((rule: Json) => ({
          condition: compileTemplate(rule.Condition, expressions),
          next: rule.Next,
          ...compileExit(rule, expressions),
        })),
      };
    case 'Wait':
      return { ...base, type: 'Wait', seconds: template('Seconds'), timestamp: template('Timestamp') };
    case 'Fail':
      return { ...base, type: 'Fail', error: template('Error'), cause: template('Cause') };
    case 'Parallel':
      return {
        ...base,
        ...recovery,
        type: 'Parallel',
        arguments: template('Arguments'),
        branches: state.Branches.map((branch: Json) => compileStates(branch, expressions)),
      };
    case 'Map':
      return {
        ...base,
        ...recovery,
        type: 'Map',
        items: template('Items'),
        itemSelector: template('ItemSelector'),
        maxConcurrency: template('MaxConcurrency'),
        processor: compileStates(state.ItemProcessor, expressions),
        ...compileDistributed(state, expressions),
      };
    default:
      return { ...base, type: state.Type as 'Pass' | 'Succeed' };
  }
}

function compileExit(definition: Json, expressions: Expressions): Exit {
  const { Output, Assign } = definition;
  return {
    ...(Output !== undefined && { output: compileTemplate(Output, expressions) }),
    // An empty Assign assigns nothing and shows nothing in the history.
    ...(Assign !== undefined &&
      Object.keys(Assign).length > 0 && { assign: compileTemplate(Assign, expressions) }),
  };
}

const compileRetrier = (retrier: Json): Retrier => ({
  errorEquals: retrier.ErrorEquals,
  intervalSeconds: retrier.IntervalSeconds ?? 1,
  maxAttempts: retrier.MaxAttempts ?? 3,
  backoffRate: retrier.BackoffRate ?? 2,
  ...(retrier.MaxDelaySeconds !== undefined && { maxDelaySeconds: retrier.MaxDelaySeconds }),
  fullJitter: retrier.JitterStrategy === 'FULL',
});
