import { CallbackTokens } from '../../asl/callback-tokens.ts';
import type { Execution } from '../../asl/execution.ts';
import type { HistoryEvent } from '../../asl/history.ts';
import { Expressions } from '../../asl/jsonata/expression.ts';
import type { AslWorld } from '../../asl/world.ts';
import type { Random } from '../../random.ts';
import type { Operation, Service } from '../../service.ts';
import { createStateMachine } from './create-state-machine.ts';
import { describeExecution, describeExecutionOutput } from './describe-execution.ts';
import { describeStateMachine } from './describe-state-machine.ts';
import { getExecutionHistory } from './get-execution-history.ts';
import { listExecutions } from './list-executions.ts';
import { listStateMachines } from './list-state-machines.ts';
import { executionDoesNotExist, machineDoesNotExist } from './names.ts';
import { sendTaskFailure } from './send-task-failure.ts';
import { sendTaskHeartbeat } from './send-task-heartbeat.ts';
import { sendTaskSuccess } from './send-task-success.ts';
import { startExecution } from './start-execution.ts';
import { startSyncExecution } from './start-sync-execution.ts';
import type { StateMachine } from './state-machine.ts';
import { stopExecution } from './stop-execution.ts';
import { updateStateMachine } from './update-state-machine.ts';

/** An execution as tests, reports and terminals look at it. */
export interface ExecutionView {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly machineName: string;
  readonly status: Execution['status'];
  /** JSON text. */
  readonly input: string;
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Epoch milliseconds. */
  readonly startMs: number;
  /** Epoch milliseconds. */
  readonly stopMs?: number;
  readonly history: readonly HistoryEvent[];
  /** The execution whose Task started this one. */
  readonly parentArn?: string;
}

export interface NewStateMachine {
  readonly name: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly definition: object;
  readonly roleArn: string;
  readonly tracing?: object;
  readonly logging?: object;
}

/** Step Functions: state machines, their executions and the tokens these wait on. */
export class StepFunctions implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly machines = new Map<string, StateMachine>();
  /** Every execution by its ARN, ended ones too. */
  readonly known = new Map<string, Execution>();
  /** Which execution started which. */
  readonly parents = new Map<string, string>();
  readonly expressions: Expressions;
  readonly tokens: CallbackTokens;
  readonly ids: Random;
  readonly world: AslWorld;

  constructor(world: AslWorld) {
    this.world = world;
    this.ids = world.random.stream('states/ids');
    this.expressions = new Expressions(world.clock, world.random.stream('states/expressions'));
    this.tokens = new CallbackTokens(world.clock);
    this.operations = {
      CreateStateMachine: createStateMachine(this),
      DescribeExecution: describeExecution(this),
      DescribeStateMachine: describeStateMachine(this),
      GetExecutionHistory: getExecutionHistory(this),
      ListExecutions: listExecutions(this),
      ListStateMachines: listStateMachines(this),
      SendTaskFailure: sendTaskFailure(this),
      SendTaskHeartbeat: sendTaskHeartbeat(this),
      SendTaskSuccess: sendTaskSuccess(this),
      StartExecution: startExecution(this),
      StartSyncExecution: startSyncExecution(this),
      StopExecution: stopExecution(this),
      UpdateStateMachine: updateStateMachine(this),
    };
  }

  /**
   * Builds a machine as a template does.
   *
   * @throws AwsError `InvalidDefinition`, naming every fault
   */
  createStateMachine({ name, type, definition, roleArn, tracing, logging }: NewStateMachine): {
    arn: string;
  } {
    const person = { arn: `arn:aws:iam::${this.world.accountId}:root`, via: 'person' } as const;
    const created = this.operations.CreateStateMachine!(
      {
        name,
        roleArn,
        type: type ?? 'STANDARD',
        definition: JSON.stringify(definition),
        tracingConfiguration: tracing,
        loggingConfiguration: logging,
      },
      person,
    ) as { stateMachineArn: string };
    return { arn: created.stateMachineArn };
  }

  /** @throws AwsError `ExecutionDoesNotExist` */
  execution(arn: string): ExecutionView {
    return this.#view(this.findExecution(arn));
  }

  /** All executions, in the order of their starts. */
  executions(): ExecutionView[] {
    return [...this.known.values()].map((execution) => this.#view(execution));
  }

  /** Resolves when the execution has ended, with what DescribeExecution says of it. */
  async untilEnded(arn: string): Promise<Record<string, unknown>> {
    const execution = this.findExecution(arn);
    await execution.ended;
    return describeExecutionOutput(execution);
  }

  /** The ARN of the machine whose execution waits for this token. */
  waiterOf(taskToken: string): string | undefined {
    return this.tokens.waiterOf(taskToken);
  }

  findExecution(arn: string): Execution {
    const execution = this.known.get(arn);
    if (execution === undefined) throw executionDoesNotExist(arn);
    return execution;
  }

  findMachine(arn: string): StateMachine {
    const machine = this.machines.get(arn);
    if (machine === undefined) throw machineDoesNotExist(arn);
    return machine;
  }

  #view(execution: Execution): ExecutionView {
    const { facts, status, input, output, error, cause, stopMs, history } = execution;
    const parentArn = this.parents.get(facts.arn);
    return {
      arn: facts.arn,
      name: facts.name,
      stateMachineArn: facts.machineArn,
      machineName: facts.machineName,
      status,
      input: input.text,
      startMs: facts.startMs,
      history: history.events,
      ...(output !== undefined && { output }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
      ...(stopMs !== undefined && { stopMs }),
      ...(parentArn !== undefined && { parentArn }),
    };
  }
}
