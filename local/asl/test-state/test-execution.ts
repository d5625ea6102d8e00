import type { Random } from '../../random.ts';
import type { CallbackTokens } from '../callback-tokens.ts';
import type { StateFacts } from '../context.ts';
import type { Data } from '../data.ts';
import { Execution } from '../execution.ts';
import type { Machine } from '../machine.ts';
import type { AslWorld } from '../world.ts';

/** What a test takes from the world around it. */
export interface Surroundings {
  readonly world: AslWorld;
  readonly tokens: CallbackTokens;
  readonly ids: Random;
}

/**
 * The execution that a tested state believes itself in: an Express one of a
 * machine that nobody made. It is never started, and nobody finds it.
 */
export class TestExecution extends Execution {
  readonly #context: object | undefined;

  /** @param context what the state is to see as its context object, instead of this execution */
  constructor(
    { world, tokens, ids }: Surroundings,
    machine: Machine,
    input: Data,
    roleArn: string | undefined,
    context: object | undefined,
  ) {
    const { region, accountId, clock } = world;
    const [machineName, name] = [ids.uuid(), ids.uuid()];
    const prefix = `arn:aws:states:${region}:${accountId}`;
    const facts = {
      arn: `${prefix}:express:${machineName}:${name}`,
      name,
      input: input.value,
      roleArn: roleArn ?? '',
      startMs: clock.now(),
      machineArn: `${prefix}:stateMachine:${machineName}`,
      machineName,
      redriveCount: 0,
      isSynchronous: true,
    };
    super(world, machine, facts, input, tokens);
    this.#context = context;
  }

  /** Recorded: no role where none was given. A mocked context has no item of a Map. */
  override contextOf(state: StateFacts): object {
    const { Execution, ...rest } = super.contextOf(state) as Context;
    if (this.#context !== undefined) return { ...this.#context, ...('Map' in rest && { Map: rest.Map }) };
    const { RoleArn, ...execution } = Execution;
    return { Execution: { ...execution, RoleArn: RoleArn || null }, ...rest };
  }
}

interface Context {
  readonly Execution: { readonly RoleArn: string };
  readonly Map?: object;
}
