import { CallbackTokens } from '../../asl/callback-tokens.ts';
import type { MapRun } from '../../asl/distributed/map-run.ts';
import type { Execution } from '../../asl/execution.ts';
import type { HistoryEvent } from '../../asl/history.ts';
import { Expressions } from '../../asl/jsonata/expression.ts';
import type { AslWorld } from '../../asl/world.ts';
import type { Random } from '../../random.ts';
import type { Operation, Service } from '../../service.ts';
import { findAlias, routed } from './aliases.ts';
import { checkArn, machineArnOf } from './arns.ts';
import { createStateMachine } from './create-state-machine.ts';
import { createStateMachineAlias } from './create-state-machine-alias.ts';
import { deleteStateMachine } from './delete-state-machine.ts';
import { deleteStateMachineAlias } from './delete-state-machine-alias.ts';
import { deleteStateMachineVersion } from './delete-state-machine-version.ts';
import { describeExecution, describeExecutionOutput } from './describe-execution.ts';
import { describeMapRun } from './describe-map-run.ts';
import { describeStateMachine } from './describe-state-machine.ts';
import { describeStateMachineAlias } from './describe-state-machine-alias.ts';
import { describeStateMachineForExecution } from './describe-state-machine-for-execution.ts';
import { getExecutionHistory } from './get-execution-history.ts';
import { listExecutions } from './list-executions.ts';
import { listMapRuns } from './list-map-runs.ts';
import { listStateMachineAliases } from './list-state-machine-aliases.ts';
import { listStateMachineVersions } from './list-state-machine-versions.ts';
import { listStateMachines } from './list-state-machines.ts';
import { listTagsForResource } from './list-tags-for-resource.ts';
import { executionDoesNotExist, machineDoesNotExist, machineIsDeleting, resourceNotFound } from './names.ts';
import { publishStateMachineVersion } from './publish-state-machine-version.ts';
import { redriveExecution } from './redrive-execution.ts';
import { sendTaskFailure } from './send-task-failure.ts';
import { sendTaskHeartbeat } from './send-task-heartbeat.ts';
import { sendTaskSuccess } from './send-task-success.ts';
import { startExecution } from './start-execution.ts';
import { startSyncExecution } from './start-sync-execution.ts';
import type { Revision, StateMachine, Version } from './state-machine.ts';
import { stopExecution } from './stop-execution.ts';
import { tagResource } from './tag-resource.ts';
import { testState } from './test-state.ts';
import { untagResource } from './untag-resource.ts';
import { updateMapRun } from './update-map-run.ts';
import { updateStateMachine } from './update-state-machine.ts';
import { updateStateMachineAlias } from './update-state-machine-alias.ts';
import { validateStateMachineDefinition } from './validate-state-machine-definition.ts';

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

/** What a state machine's ARN means, with or without a version or alias. */
export interface Resolved {
  readonly machine: StateMachine;
  readonly revision: Revision;
  readonly version?: Version;
  readonly aliasArn?: string;
  readonly label?: string;
}

/** Step Functions: state machines, their executions and the tokens these wait on. */
export class StepFunctions implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly machines = new Map<string, StateMachine>();
  /** Every execution by its ARN, ended ones too. */
  readonly known = new Map<string, Execution>();
  readonly mapRuns = new Map<string, MapRun>();
  /** Which execution started which. */
  readonly parents = new Map<string, string>();
  readonly #revisions = new WeakMap<Execution, Revision>();
  readonly expressions: Expressions;
  readonly tokens: CallbackTokens;
  readonly ids: Random;
  readonly world: AslWorld;
  /** Which of its versions an alias gives. */
  readonly #chance: Random;

  constructor(world: AslWorld) {
    this.world = world;
    this.ids = world.random.stream('states/ids');
    this.#chance = world.random.stream('states/aliases');
    this.expressions = new Expressions(world.clock, world.random.stream('states/expressions'));
    this.tokens = new CallbackTokens(world.clock);
    this.operations = {
      CreateStateMachine: createStateMachine(this),
      CreateStateMachineAlias: createStateMachineAlias(this),
      DeleteStateMachine: deleteStateMachine(this),
      DeleteStateMachineAlias: deleteStateMachineAlias(this),
      DeleteStateMachineVersion: deleteStateMachineVersion(this),
      DescribeExecution: describeExecution(this),
      DescribeMapRun: describeMapRun(this),
      DescribeStateMachine: describeStateMachine(this),
      DescribeStateMachineAlias: describeStateMachineAlias(this),
      DescribeStateMachineForExecution: describeStateMachineForExecution(this),
      GetExecutionHistory: getExecutionHistory(this),
      ListExecutions: listExecutions(this),
      ListMapRuns: listMapRuns(this),
      ListStateMachineAliases: listStateMachineAliases(this),
      ListStateMachineVersions: listStateMachineVersions(this),
      ListStateMachines: listStateMachines(this),
      ListTagsForResource: listTagsForResource(this),
      PublishStateMachineVersion: publishStateMachineVersion(this),
      RedriveExecution: redriveExecution(this),
      SendTaskFailure: sendTaskFailure(this),
      SendTaskHeartbeat: sendTaskHeartbeat(this),
      SendTaskSuccess: sendTaskSuccess(this),
      StartExecution: startExecution(this),
      StartSyncExecution: startSyncExecution(this),
      StopExecution: stopExecution(this),
      TagResource: tagResource(this),
      UntagResource: untagResource(this),
      UpdateMapRun: updateMapRun(this),
      TestState: testState(this),
      UpdateStateMachine: updateStateMachine(this),
      ValidateStateMachineDefinition: validateStateMachineDefinition(this),
      UpdateStateMachineAlias: updateStateMachineAlias(this),
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

  /** @throws AwsError `InvalidArn` for Express executions, of which only logs tell; `ExecutionDoesNotExist` */
  findStandardExecution(arn: string): Execution {
    checkArn(arn, 'execution');
    return this.findExecution(arn);
  }

  /** @throws AwsError `ResourceNotFound` */
  findMapRun(arn: string): MapRun {
    checkArn(arn, 'mapRun');
    const mapRun = this.mapRuns.get(arn);
    if (mapRun === undefined) throw resourceNotFound();
    return mapRun;
  }

  /** A machine by its own ARN, without version or alias. @throws AwsError `StateMachineDoesNotExist` */
  findMachine(arn: string): StateMachine {
    const machine = this.machines.get(arn);
    if (machine !== undefined) return machine;
    checkArn(arn, 'stateMachine');
    throw machineDoesNotExist(arn);
  }

  /** @throws AwsError also `StateMachineDeleting` */
  findActiveMachine(arn: string): StateMachine {
    const machine = this.findMachine(arn);
    if (machine.status === 'DELETING') throw machineIsDeleting(arn);
    return machine;
  }

  /** What an ARN means at this moment; an alias gives one of its versions, by chance. */
  resolve(arn: string): Resolved {
    const known = this.machines.get(arn);
    if (known !== undefined) return { machine: known, revision: known.revision };
    const { plain, version: number, alias, label } = machineArnOf(arn);
    const machine = this.machines.get(plain);
    if (machine === undefined) throw machineDoesNotExist(arn);
    if (label !== undefined) return { machine, revision: machine.revision, label };
    if (alias !== undefined && machine.aliases.has(alias)) {
      const versionArn = routed(findAlias(this, arn), this.#chance.number());
      return { ...this.resolve(versionArn), aliasArn: arn };
    }
    const version = number === undefined ? undefined : machine.versions.get(number);
    if (version === undefined) throw machineDoesNotExist(arn);
    return { machine, revision: version.revision, version };
  }

  /** @throws AwsError also `StateMachineDeleting` */
  resolveActive(arn: string): Resolved {
    const resolved = this.resolve(arn);
    if (resolved.machine.status === 'DELETING') throw machineIsDeleting(arn);
    return resolved;
  }

  /** The machine as an execution, or the one that its map run belongs to, began with. */
  revisionOf(execution: Execution): Revision {
    return this.#revisions.get(execution)!;
  }

  /** Makes an execution known; a map run's child has its parent's revision. */
  keepExecution(execution: Execution, parentArn: string | undefined, revision?: Revision): void {
    const { arn } = execution.facts;
    this.known.set(arn, execution);
    if (parentArn !== undefined) this.parents.set(arn, parentArn);
    this.#revisions.set(execution, revision ?? this.revisionOf(this.known.get(parentArn!)!));
  }

  keepMapRun(mapRun: MapRun): void {
    this.mapRuns.set(mapRun.arn, mapRun);
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
