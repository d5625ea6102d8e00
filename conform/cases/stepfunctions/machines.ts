import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Aws } from '../../aws.ts';
import type { Allowance, Json } from '../../case.ts';

/** Costs of a case that only walks through a few states. */
export const aFewStates = { usd: 0.0005, minutes: 1 };

/** Any machine needs a role, even one that calls nothing. */
export const anyMachine = { roles: { machine: [] } } as const;

/** For machines that are refused what they ask for. */
export const bareMachine = { roles: { bare: [] } } as const;

/** For roles that start a case's machines. */
export const mayStart: Allowance = {
  Action: ['states:StartExecution'],
  Resource: 'arn:aws:states:<region>:<account>:stateMachine:signalbox-conform-*',
};

/** A definition in JSONata that begins at its first state. */
export const asl = (states: Readonly<Record<string, object>>, more: object = {}): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });

/** A task, the last state of its machine. */
export const task = (resource: string, Arguments: object, more: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${resource}`,
  Arguments,
  ...more,
  End: true,
});

/** States that go one way where the input says `ok`, and another where not. */
export const yesOrNo = (Yes: object, No: object) => ({
  Ask: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.ok %}', Next: 'Yes' }], Default: 'No' },
  Yes,
  No,
});

interface MachineOptions {
  readonly suffix?: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly role?: 'machine' | 'bare';
}

/** @returns the machine's ARN; it is taken away at the end */
export const makeMachine = async (
  aws: Aws,
  definition: string,
  { suffix = 'machine', type = 'STANDARD', role = 'machine' }: MachineOptions = {},
): Promise<string> => {
  const sfn = aws.client(SFNClient);
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: aws.name(suffix),
      definition,
      type,
      roleArn: aws.role(role),
      tags: aws.tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
    }),
  );
  aws.later(`state machine ${aws.name(suffix)}`, () =>
    sfn.send(new DeleteStateMachineCommand({ stateMachineArn })),
  );
  return stateMachineArn!;
};

export const start = async (aws: Aws, stateMachineArn: string, input: Json = {}): Promise<string> => {
  const { executionArn } = await aws
    .client(SFNClient)
    .send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  return executionArn!;
};

export const untilEnded = (aws: Aws, executionArn: string, minutes = 2): Promise<DescribeExecutionOutput> =>
  aws.until(
    'the execution ends',
    async () => {
      const seen = await aws.client(SFNClient).send(new DescribeExecutionCommand({ executionArn }));
      return seen.status === 'RUNNING' ? undefined : seen;
    },
    { minutes, everySeconds: 2 },
  );

/** An execution at its end, as it was described, and the shape of its history. */
export interface Walk {
  readonly executionArn: string;
  readonly ended: DescribeExecutionOutput;
  readonly events: readonly HistoryEvent[];
  readonly history: readonly string[];
}

/** One execution from start to end. */
export const walk = async (aws: Aws, machine: string, input?: Json): Promise<Walk> =>
  seen(aws, await start(aws, machine, input));

/** One execution to its end, redriven, and to its second end. */
export const redriven = async (aws: Aws, machine: string, input: Json): Promise<Walk> => {
  const executionArn = await start(aws, machine, input);
  await untilEnded(aws, executionArn);
  await aws.client(SFNClient).send(new RedriveExecutionCommand({ executionArn }));
  return seen(aws, executionArn);
};

const seen = async (aws: Aws, executionArn: string): Promise<Walk> => {
  const ended = await untilEnded(aws, executionArn);
  const events = await historyOf(aws, executionArn);
  return { executionArn, ended, events, history: shapeOf(events) };
};

/** The machine's newest execution, if it has any. */
export const latestOf = async (aws: Aws, stateMachineArn: string): Promise<ExecutionListItem | undefined> => {
  const list = new ListExecutionsCommand({ stateMachineArn });
  return (await aws.client(SFNClient).send(list)).executions![0];
};

/** How an execution of this definition ends: status, output as JSON, error and cause. */
export const outcomeOf = async (
  aws: Aws,
  definition: string,
  { input, minutes, ...machineOptions }: MachineOptions & { input?: Json; minutes?: number } = {},
): Promise<Record<string, Json>> => {
  const machine = await makeMachine(aws, definition, machineOptions);
  return told(await untilEnded(aws, await start(aws, machine, input), minutes));
};

export const told = ({ status, output, error, cause }: DescribeExecutionOutput): Record<string, Json> => ({
  status: status!,
  ...(output !== undefined && { output: JSON.parse(output) as Json }),
  ...(error !== undefined && { error }),
  ...(cause !== undefined && { cause }),
});

export const historyOf = async (aws: Aws, executionArn: string): Promise<HistoryEvent[]> => {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await aws
      .client(SFNClient)
      .send(new GetExecutionHistoryCommand({ executionArn, maxResults: 100, nextToken }));
    events.push(...page.events!);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
};

/** `1<0 ExecutionStarted`: id, previous id and type of each event. */
export const shapeOf = (events: readonly HistoryEvent[]): string[] =>
  events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
