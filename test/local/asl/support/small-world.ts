import type { HistoryEvent } from '../../../../local/asl/history.ts';
import type { AslWorld } from '../../../../local/asl/world.ts';
import { AwsError } from '../../../../local/aws-error.ts';
import { VirtualClock } from '../../../../local/clock/virtual-clock.ts';
import type { Call } from '../../../../local/door.ts';
import { Journal } from '../../../../local/journal.ts';
import { Random } from '../../../../local/random.ts';
import { type ExecutionView, StepFunctions } from '../../../../local/services/stepfunctions/stepfunctions.ts';

export const ROLE = 'arn:aws:iam::123456789012:role/machine';
const PERSON = { arn: 'arn:aws:iam::123456789012:user/ada', via: 'person' } as const;

/** Answers to calls, by `service:Operation`. A function gets the input and the call; anything else is the answer. */
export type Answers = Record<string, unknown | ((input: never, call: Call) => unknown)>;

/** Just enough of a world for state machines: virtual time, and a door behind which a test answers. */
export class SmallWorld {
  readonly clock: VirtualClock;
  readonly journal: Journal;
  readonly states: StepFunctions;
  readonly calls: Call[] = [];
  readonly events: { detailType: string; detail: unknown }[] = [];
  readonly jobs = new Map<string, Promise<Record<string, unknown>>>();
  #machines = 0;

  constructor(answers: Answers = {}, seed = 7) {
    this.clock = new VirtualClock(Date.parse('2026-03-02T09:00:00Z'));
    this.journal = new Journal(this.clock);
    const world: AslWorld = {
      accountId: '123456789012',
      region: 'eu-west-1',
      clock: this.clock,
      random: new Random(seed),
      journal: this.journal,
      door: { call: (call) => this.#answer(call, answers), allows: () => true },
      events: {
        emit: (event) => {
          this.events.push(event);
          return 'event';
        },
      },
      codebuild: { untilEnded: (id) => this.jobs.get(`build/${id}`)! },
      sagemaker: { jobs: { untilEnded: (kind, name) => this.jobs.get(`${kind}/${name}`)! } },
      stepfunctions: {
        untilEnded: (arn) => this.states.untilEnded(arn),
        keepExecution: (execution, parentArn) => this.states.keepExecution(execution, parentArn),
        keepMapRun: (mapRun) => this.states.keepMapRun(mapRun),
      },
    };
    this.states = new StepFunctions(world);
  }

  /** Creates a machine from its states; the first one named is where it starts. */
  machine(
    states: Record<string, object>,
    more: { name?: string; type?: 'EXPRESS'; TimeoutSeconds?: number } = {},
  ): string {
    this.#machines += 1;
    const { name = `machine-${this.#machines}`, type, ...rest } = more;
    return this.states.createStateMachine({
      name,
      ...(type !== undefined && { type }),
      roleArn: ROLE,
      definition: { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...rest },
    }).arn;
  }

  start(stateMachineArn: string, input: unknown = {}, name?: string): string {
    const { executionArn } = this.call('StartExecution', {
      stateMachineArn,
      name,
      input: JSON.stringify(input),
    }) as {
      executionArn: string;
    };
    return executionArn;
  }

  call(operation: string, input: object): unknown {
    return this.states.operations[operation]!(input, PERSON);
  }

  /** Runs a machine to its end. */
  async run(
    states: Record<string, object>,
    input: unknown = {},
    more: { TimeoutSeconds?: number } = {},
  ): Promise<Ended> {
    return this.ended(this.start(this.machine(states, more), input));
  }

  async ended(executionArn: string): Promise<Ended> {
    await this.clock.runUntil(() => this.states.execution(executionArn).status !== 'RUNNING');
    return new Ended(this.states.execution(executionArn));
  }

  async #answer(call: Call, answers: Answers): Promise<unknown> {
    this.calls.push(call);
    if (call.service === 'stepfunctions')
      return this.states.operations[call.operation]!(call.input, call.caller);
    const answer = answers[`${call.service}:${call.operation}`];
    if (answer === undefined)
      throw new AwsError('UnknownOperationException', 'not answered in this test', 404);
    return typeof answer === 'function' ? answer(call.input, call) : answer;
  }
}

/** An execution's end with short ways to look at it. */
export class Ended {
  readonly view: ExecutionView;

  constructor(view: ExecutionView) {
    this.view = view;
  }

  get status(): string {
    return this.view.status;
  }

  get output(): unknown {
    return this.view.output === undefined ? undefined : JSON.parse(this.view.output);
  }

  /** `id<previous type` of each event. */
  get trace(): string[] {
    return this.view.history.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
  }

  get types(): string[] {
    return this.view.history.map(({ type }) => type);
  }

  /** The details of the n-th event of a type. */
  details(type: string, index = 0): Record<string, unknown> {
    const event = this.view.history.filter((each) => each.type === type)[index]!;
    const key = Object.keys(event).find((name) => name.endsWith('EventDetails')) as keyof HistoryEvent;
    return event[key] as unknown as Record<string, unknown>;
  }
}
