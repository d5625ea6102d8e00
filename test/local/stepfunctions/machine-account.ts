import type { HistoryEvent } from '../../../local/asl/history.ts';
import type { World } from '../../../local/world.ts';
import { type Account, type AccountOptions, openAccount } from '../support/open-account.ts';
import { allow, giveRole, roleArn } from '../support/roles.ts';

export const ROLE = roleArn('machine');
export const STATES = 'arn:aws:states:eu-west-1:123456789012';
export const machineArn = (name: string): string => `${STATES}:stateMachine:${name}`;

/** An account with a bucket `data` and a role that machines run in. */
export class MachineAccount {
  readonly account: Account;

  constructor(account: Account) {
    this.account = account;
  }

  get world(): World {
    return this.account.world;
  }

  get call(): Account['call'] {
    return this.account.call;
  }

  /** @returns the machine's ARN */
  async machine(
    states: Record<string, object>,
    { name = 'machine', type = 'STANDARD', ...more }: { name?: string; type?: string } & object = {},
  ): Promise<string> {
    const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more };
    const { stateMachineArn } = await this.call('CreateStateMachine', {
      name,
      type,
      roleArn: ROLE,
      definition: JSON.stringify(definition),
    });
    return stateMachineArn;
  }

  /** @returns the execution's ARN */
  async start(stateMachineArn: string, input: unknown = {}, name?: string): Promise<string> {
    const request = { stateMachineArn, input: JSON.stringify(input), ...(name !== undefined && { name }) };
    return (await this.call('StartExecution', request)).executionArn;
  }

  async ended(executionArn: string): Promise<Ended> {
    const view = () => this.world.stepfunctions.execution(executionArn);
    await this.world.clock.runUntil(() => view().status !== 'RUNNING');
    const { history, status, output, error, cause } = view();
    return {
      executionArn,
      status,
      error,
      cause,
      history,
      output: output === undefined ? undefined : JSON.parse(output),
      trace: history.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`),
    };
  }

  /** Runs a machine of these states to its end. */
  async run(states: Record<string, object>, input?: unknown, more?: object): Promise<Ended> {
    return this.ended(await this.start(await this.machine(states, more), input));
  }

  put(key: string, body: string | Uint8Array): Promise<unknown> {
    return this.call('PutObject', { Bucket: 'data', Key: key, Body: Buffer.from(body) });
  }

  async read(key: string): Promise<string> {
    return Buffer.from((await this.call('GetObject', { Bucket: 'data', Key: key })).Body).toString();
  }

  /** The details of the n-th event of a type. */
  static details({ history }: Ended, type: string, index = 0): Record<string, unknown> {
    const event = history.filter((each) => each.type === type)[index]!;
    const key = Object.keys(event).find((name) => name.endsWith('EventDetails')) as keyof HistoryEvent;
    return event[key] as unknown as Record<string, unknown>;
  }
}

export interface Ended {
  readonly executionArn: string;
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly output: unknown;
  readonly history: readonly HistoryEvent[];
  /** `id<previous type` of each event. */
  readonly trace: readonly string[];
}

/** @param actions what the machines' role is allowed, on everything */
export async function openMachineAccount({
  actions = ['*'],
  ...options
}: AccountOptions & { actions?: readonly string[] } = {}): Promise<MachineAccount> {
  const account = await openAccount(options);
  giveRole(account.world, 'machine', allow(actions, '*'));
  account.world.s3.createBucket('data');
  return new MachineAccount(account);
}

/** `Code: message` of what a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
  throw new Error('It was not refused.');
}
