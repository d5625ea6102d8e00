import { AwsError } from '../../../../local/aws-error.ts';
import type { World } from '../../../../local/world.ts';
import { openAccount } from '../../support/open-account.ts';

export const ROLE = 'arn:aws:iam::123456789012:role/machine';

interface Answer {
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  readonly inspectionData?: Record<string, unknown>;
}

/** A world of its own for each test, and the ways to try states in it. */
export function tested() {
  let world: World;
  beforeEach(async () => {
    ({ world } = await openAccount());
  });

  const call = (service: 's3' | 'stepfunctions', operation: string, input: object): Promise<unknown> =>
    world.door.call({ service, operation, input, caller: world.person });

  const testState = (
    definition: unknown,
    { input, ...more }: Record<string, unknown> = {},
  ): Promise<Answer> =>
    call('stepfunctions', 'TestState', {
      definition: JSON.stringify(definition),
      ...(input !== undefined && { input: JSON.stringify(input) }),
      ...more,
    }) as Promise<Answer>;

  /** The error with which a test is refused. */
  const refusal = async (definition: unknown, more?: Record<string, unknown>): Promise<string> => {
    const error = await testState(definition, more).then(
      () => undefined,
      (thrown) => thrown,
    );
    return error instanceof AwsError ? `${error.code}: ${error.message}` : 'accepted';
  };

  return { world: () => world, call, testState, refusal };
}

export const jsonata = { QueryLanguage: 'JSONata', End: true };

export const invoke = {
  ...jsonata,
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
};

export const map = (more: object = {}) => ({
  ...jsonata,
  Type: 'Map',
  Items: '{% $states.input %}',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'I',
    States: { I: { Type: 'Pass', End: true } },
  },
  ...more,
});

export const parallel = {
  ...jsonata,
  Type: 'Parallel',
  Branches: ['X', 'Y'].map((name) => ({ StartAt: name, States: { [name]: { Type: 'Succeed' } } })),
};
