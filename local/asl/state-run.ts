import { type Data, dataOf, exceedsLimit } from './data.ts';
import { dataLimitExceeded, EvaluationError, StateError, whileExecuting } from './errors.ts';
import type { Frame, MapItem, OpenState } from './frame.ts';
import { NOT_TRUNCATED, STATE_TYPES } from './history.ts';
import type { Environment } from './jsonata/expression.ts';
import type { Exit, State } from './machine.ts';
import { evaluateTemplate, type Template } from './template.ts';

/** What follows a state. No `next` at the end of a workflow, branch or iteration. */
export interface Step {
  readonly next: string | undefined;
  readonly output: Data;
}

/** What `$states` offers beside `input` and `context`. */
export type Offered = { readonly result: unknown } | { readonly errorOutput: unknown };

/** Written once: a text that is put together anew at each event has to be read anew to be looked up. */
const typesOf = (what: 'Entered' | 'Exited') =>
  Object.fromEntries(STATE_TYPES.map((type) => [type, `${type}State${what}`])) as Record<
    State['type'],
    string
  >;
const ENTERED = typesOf('Entered');
const EXITED = typesOf('Exited');

/** `$states` for who reads a member of it. */
class StatesVariable {
  readonly input: unknown;
  readonly result: unknown;
  readonly errorOutput: unknown;
  readonly #contextOf: () => object;
  #context: object | undefined;

  constructor(
    input: unknown,
    offered: Partial<Record<string, unknown>> | undefined,
    contextOf: () => object,
  ) {
    this.input = input;
    this.result = offered?.result;
    this.errorOutput = offered?.errorOutput;
    this.#contextOf = contextOf;
  }

  /** Built only when an expression asks: most do not. */
  get context(): object {
    this.#context ??= this.#contextOf();
    return this.#context;
  }
}

/** One entry into a state: its events, what its expressions can read, and how it is left. */
export class StateRun<S extends State = State> implements OpenState {
  readonly frame: Frame;
  readonly state: S;
  readonly input: Data;
  readonly enteredEventId: number;
  readonly enteredMs: number;
  retryCount = 0;
  token: string | undefined;
  abortInner: OpenState['abortInner'] = undefined;
  kept: unknown = undefined;
  readonly #eventBefore: number;
  #earlier: unknown = undefined;

  constructor(frame: Frame, state: S, input: Data) {
    this.frame = frame;
    this.state = state;
    this.input = input;
    this.#eventBefore = frame.lastEventId;
    const before = frame.resumesAt?.open;
    frame.resumesAt = undefined;
    frame.openState = this;
    // Only a Fail state is entered again by a redrive (developer guide, "Redriving executions").
    if (before !== undefined && state.type !== 'Fail') {
      this.enteredMs = before.enteredMs;
      this.enteredEventId = before.enteredEventId;
      this.kept = this.#earlier = before.kept;
      frame.execution.resumed(state.name);
      return;
    }
    this.enteredMs = frame.execution.world.clock.now();
    this.enteredEventId = frame.event(ENTERED[state.type], {
      name: state.name,
      input: input.text,
      inputDetails: NOT_TRUNCATED,
    });
    frame.execution.entered(state.name);
  }

  /** What an earlier attempt at this entry kept, given out once: a retry begins anew. */
  takeKept<T>(): T | undefined {
    const earlier = this.#earlier;
    this.#earlier = undefined;
    return earlier as T | undefined;
  }

  environment(offered?: Offered, mapItem: MapItem | undefined = this.frame.mapItem): Environment {
    const { scope } = this.frame;
    const input = this.input.value;
    const context = (): object => this.#context(mapItem);
    let states: StatesVariable | undefined;
    return {
      lookup(name) {
        if (name !== 'states') return scope.get(name);
        states ??= new StatesVariable(input, offered, context);
        return states;
      },
      bindings: () => ({
        ...scope.all(),
        states: {
          input,
          ...offered,
          get context() {
            return context();
          },
        },
      }),
    };
  }

  /**
   * A field's value, now or later.
   *
   * @throws StateError `States.QueryEvaluationError`, after its event is in the history
   */
  evaluate(template: Template, environment: Environment, field: string): unknown {
    try {
      const value = evaluateTemplate(template, environment, field);
      if (!(value instanceof Promise)) return value;
      return this.frame.abort.guard(value).catch((error) => {
        throw this.#recorded(error);
      });
    } catch (error) {
      throw this.#recorded(error);
    }
  }

  /** As a state error with its `EvaluationFailed` event, for faults that only the caller can see. */
  evaluationFailed(error: EvaluationError): StateError {
    return this.#recorded(error) as StateError;
  }

  /**
   * Leaves the state: `Output` and `Assign` see variables as they were on entry.
   *
   * @param prefix where the exit's fields stand in the state, such as `Choices[0]/`
   */
  leave(
    exit: Exit,
    next: string | undefined,
    otherwise: Data,
    offered?: Offered,
    prefix = '',
  ): Step | Promise<Step> {
    if (exit.output === undefined && exit.assign === undefined) return this.#close(next, otherwise);
    const environment = this.environment(offered);
    const assigned = exit.assign && this.evaluate(exit.assign, environment, `${prefix}Assign`);
    if (assigned instanceof Promise) {
      return assigned.then((values) => this.#leaveWith(exit, next, otherwise, environment, prefix, values));
    }
    return this.#leaveWith(exit, next, otherwise, environment, prefix, assigned);
  }

  #leaveWith(
    exit: Exit,
    next: string | undefined,
    otherwise: Data,
    environment: Environment,
    prefix: string,
    assigned: unknown,
  ): Step | Promise<Step> {
    const output =
      exit.output === undefined
        ? otherwise.value
        : this.evaluate(exit.output, environment, `${prefix}Output`);
    const close = (value: unknown): Step =>
      this.#close(next, value === otherwise.value ? otherwise : dataOf(value), assigned);
    return output instanceof Promise ? output.then(close) : close(output);
  }

  #close(next: string | undefined, output: Data, assigned?: unknown): Step {
    const { frame, state } = this;
    if (exceedsLimit(output.text)) throw dataLimitExceeded(state.name);
    const assignment =
      assigned === undefined
        ? undefined
        : {
            assignedVariables: frame.scope.assign(assigned as Record<string, unknown>),
            assignedVariablesDetails: NOT_TRUNCATED,
          };
    frame.event(EXITED[state.type], {
      name: state.name,
      output: output.text,
      outputDetails: NOT_TRUNCATED,
      ...assignment,
    });
    frame.openState = undefined;
    return { next, output };
  }

  #context(mapItem: MapItem | undefined): object {
    return this.frame.execution.contextOf({
      name: this.state.name,
      enteredMs: this.enteredMs,
      ...('retry' in this.state && { retryCount: this.retryCount }),
      ...(this.token !== undefined && { token: this.token }),
      ...(mapItem !== undefined && { mapItem }),
    });
  }

  #recorded(error: unknown): unknown {
    if (!(error instanceof EvaluationError)) return error;
    const { frame, state, enteredEventId } = this;
    const cause = whileExecuting(state.name, enteredEventId, error.message);
    // Recorded by AWS: a fault met while entering follows from what came before the entry.
    const entering = frame.lastEventId === enteredEventId && !error.afterEntry;
    const previous = entering ? this.#eventBefore : frame.lastEventId;
    frame.lastEventId = frame.execution.history.add('EvaluationFailed', previous, {
      error: 'States.QueryEvaluationError',
      cause,
      ...(error.location !== undefined && { location: error.location }),
      state: state.name,
    });
    return new StateError('States.QueryEvaluationError', cause);
  }
}
