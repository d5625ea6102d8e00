import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../../../local/world.ts';

type MachineName = 'release' | 'deploy' | 'rollback' | 'collect' | 'take-turn' | 'pass-turn' | 'settle';

/** How a stand-in ends if nobody stops it. */
type Ending = 'never' | 'TIMED_OUT' | 'FAILED' | 'SUCCEEDED';

/** An attribute's text: a string, a number's digits, or the members of a set. */
type Attributes = Readonly<Record<string, { S?: string; N?: string; SS?: string[] }>>;
export type Item = Readonly<Record<string, string | number | readonly string[]>>;

/** What is asked of take-turn, where a test does not say otherwise. */
interface Ask {
  readonly me: string;
  /** Minutes after nine: the order of intents. */
  readonly rank: string;
  readonly subject?: string;
  readonly policy?: 'newest' | 'queue' | 'cancel';
  readonly patienceSeconds?: number;
  readonly deadline?: string;
  readonly endpoint?: string;
}

/** A machine that sleeps for a minute, or for ever, and answers its input. */
const sleeper = (ending: Ending): string => {
  const [end, seconds] = [{ End: true }, 10_000_000];
  const definitions: Record<Ending, object> = {
    never: { States: { Sleep: { Type: 'Wait', Seconds: seconds, ...end } } },
    TIMED_OUT: { TimeoutSeconds: 60, States: { Sleep: { Type: 'Wait', Seconds: seconds, ...end } } },
    FAILED: {
      States: {
        Sleep: { Type: 'Wait', Seconds: 60, Next: 'Break' },
        Break: { Type: 'Fail', Error: 'States.Runtime', Cause: 'It broke.' },
      },
    },
    SUCCEEDED: { States: { Sleep: { Type: 'Wait', Seconds: 60, ...end } } },
  };
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Sleep', ...definitions[ending] });
};

export const PIPELINE_TURN = 'pipeline/flight-delay';
export const ENDPOINT_TURN = 'endpoint/flight-delay';

/** The n-th intent's rank: the later, the higher. */
export const rank = (n: number): string => `2026-03-02T09:0${n}:00.000Z#0000000${n}`;

/** Turns by themselves: the ledger written by hand, and executions that only live or are dead. */
export class Turns {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** An execution of a machine that sleeps instead of what it usually does. */
  async alive(machine: MachineName, input: object = {}, ending: Ending = 'never'): Promise<string> {
    const stateMachineArn = this.#machine(machine);
    await this.#call('stepfunctions', 'UpdateStateMachine', { stateMachineArn, definition: sleeper(ending) });
    return this.start(machine, input);
  }

  async start(machine: MachineName, input: object): Promise<string> {
    const { executionArn } = await this.#call('stepfunctions', 'StartExecution', {
      stateMachineArn: this.#machine(machine),
      input: JSON.stringify(input),
    });
    return executionArn;
  }

  async redrive(executionArn: string): Promise<void> {
    await this.#call('stepfunctions', 'RedriveExecution', { executionArn });
  }

  async stop(executionArn: string, error = 'Stopped', cause = 'by hand'): Promise<void> {
    await this.#call('stepfunctions', 'StopExecution', { executionArn, error, cause });
  }

  /** Starts take-turn, as a caller does whose own first try was refused. */
  take({ subject = PIPELINE_TURN, policy = 'newest', ...ask }: Ask): Promise<string> {
    const input = { subject, policy, patienceSeconds: 600, deadline: '2026-03-04T09:00:00Z', ...ask };
    return this.start('take-turn', input);
  }

  pass(me: string, subject = PIPELINE_TURN): Promise<string> {
    return this.start('pass-turn', { subject, me });
  }

  /** Lets time pass until an execution has ended. */
  async ended(arn: string): Promise<ExecutionView> {
    await this.#world.clock.runUntil(() => this.execution(arn).status !== 'RUNNING');
    return this.execution(arn);
  }

  async pause(seconds: number): Promise<void> {
    await this.#world.clock.advance(seconds * 1000);
  }

  /** What an execution answered in the end. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared as data.
  async answer(arn: string): Promise<any> {
    const { status, output, error, cause } = await this.ended(arn);
    if (status !== 'SUCCEEDED') throw new Error(`${arn} ended ${status}: ${error}: ${cause}`);
    return JSON.parse(output!);
  }

  execution(arn: string): ExecutionView {
    return this.#world.stepfunctions.execution(arn);
  }

  executions(machine: MachineName): ExecutionView[] {
    return this.#world.stepfunctions
      .executions()
      .filter(({ machineName }) => machineName.endsWith(`-${machine}`));
  }

  /** The states that an execution entered, in their order, those of its Maps too. */
  states(arn: string): string[] {
    return this.execution(arn)
      .history.filter(({ type }) => type.endsWith('StateEntered'))
      .map(({ stateEnteredEventDetails }) => (stateEnteredEventDetails as { name: string }).name);
  }

  async put(item: Item & { pk: string; sk: string }): Promise<void> {
    await this.#call('dynamodb', 'PutItem', {
      TableName: this.#world.outputs.LedgerTableName,
      Item: Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attribute(value)])),
    });
  }

  /** A turn as the ledger should hold it before the story begins. */
  async putTurn(item: Item, subject = PIPELINE_TURN): Promise<void> {
    await this.put({ fence: 1, ...item, pk: 'turn', sk: subject });
  }

  async turn(subject = PIPELINE_TURN): Promise<Item> {
    const item = await this.item('turn', subject);
    if (item === undefined) throw new Error(`Nobody has ever had the turn of ${subject}.`);
    return item;
  }

  /** An item without its keys; undefined where there is none. */
  async item(pk: string, sk: string): Promise<Item | undefined> {
    const { Item } = await this.#call('dynamodb', 'GetItem', {
      TableName: this.#world.outputs.LedgerTableName,
      ConsistentRead: true,
      Key: { pk: { S: pk }, sk: { S: sk } },
    });
    if (Item === undefined) return undefined;
    const { pk: _, sk: __, ...rest } = Item as Attributes;
    return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plain(value)]));
  }

  /** How many items the ledger has under a key: mailboxes of a subject, or releases that run. */
  async count(pk: string): Promise<number> {
    const { Count } = await this.#call('dynamodb', 'Query', {
      TableName: this.#world.outputs.LedgerTableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    });
    return Count;
  }

  #machine(name: string): string {
    const { region, accountId } = this.#world;
    return `arn:aws:states:${region}:${accountId}:stateMachine:signalbox-prod-${name}`;
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests.
  async #call(service: 'stepfunctions' | 'dynamodb', operation: string, input: object): Promise<any> {
    return await this.#world.door.call({ service, operation, input, caller: this.#world.person });
  }
}

const attribute = (value: Item[string]): object => {
  if (typeof value === 'number') return { N: String(value) };
  return typeof value === 'string' ? { S: value } : { SS: value };
};

const plain = ({ S, N, SS }: Attributes[string]): Item[string] => S ?? (N === undefined ? SS! : Number(N));
