import { type Account, openAccount } from '../support/open-account.ts';
import { allow, giveRole, giveRoleTo, roleArn } from '../support/roles.ts';
import { golden } from './support/golden.ts';

const MACHINE = roleArn('machine');
const LIBRARIAN = roleArn('librarian');

const read = (RoleArn: string) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Read',
  States: {
    Read: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2',
      Arguments: { Bucket: 'books' },
      Credentials: { RoleArn },
      Output: '{% $states.result.KeyCount %}',
      End: true,
    },
  },
});

describe('Credentials', () => {
  let world: Account['world'];
  let call: Account['call'];
  beforeEach(async () => {
    ({ world, call } = await openAccount());
    world.s3.createBucket('books');
    giveRole(world, 'machine', allow('sts:AssumeRole', LIBRARIAN));
  });

  const addLibrarian = (principal: Record<string, string>) =>
    giveRoleTo(principal, world, 'librarian', allow('s3:ListBucket', 'arn:aws:s3:::books'));

  const run = async (definition: object, input: object = {}) => {
    const { stateMachineArn } = await call('CreateStateMachine', {
      name: 'reader',
      roleArn: MACHINE,
      definition: JSON.stringify(definition),
    });
    const { executionArn } = await call('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
    await world.clock.runUntil(() => world.stepfunctions.execution(executionArn!).status !== 'RUNNING');
    return world.stepfunctions.execution(executionArn!);
  };

  test('lets a task act as another role that trusts the account', async () => {
    addLibrarian({ AWS: 'arn:aws:iam::123456789012:root' });

    const { history } = await run(read('{% $states.input.as %}'), { as: LIBRARIAN });

    expect(golden(history)).toEqual([
      `0s 1<0 ExecutionStarted { input: { as: '${LIBRARIAN}' } }`,
      `0s 2<0 TaskStateEntered { name: 'Read', input: { as: '${LIBRARIAN}' } }`,
      `0s 3<2 TaskScheduled { resource: 'listObjectsV2', parameters: { Bucket: 'books' }, taskCredentials: { roleArn: '${LIBRARIAN}' } }`,
      "0s 4<3 TaskStarted { resource: 'listObjectsV2' }",
      expect.stringMatching(/^0s 5<4 TaskSucceeded /),
      "0s 6<5 TaskStateExited { name: 'Read', output: '0' }",
      "0s 7<6 ExecutionSucceeded { output: '0' }",
    ]);
    expect(world.door.usage()).toContainEqual(
      expect.objectContaining({ roleArn: MACHINE, action: 'sts:AssumeRole', count: 1 }),
    );
  });

  test.each([
    [
      'a role that trusts only services',
      () => addLibrarian({ Service: 'lambda.amazonaws.com' }),
      LIBRARIAN,
      '',
    ],
    ['a role that is not there', () => {}, LIBRARIAN, ''],
    [
      'a role of another account',
      () => {},
      'arn:aws:iam::999999999999:role/librarian',
      ' The local world has account 123456789012 alone.',
    ],
  ])('is refused for %s, in AWS’s words', async (_, prepare, roleArn, more) => {
    prepare();

    const { history, error, cause } = await run(read(roleArn));

    expect(history.at(-2)!.type).toBe('TaskFailed');
    expect(error).toBe('States.TaskFailed');
    expect(cause).toBe(
      `The role ${MACHINE} is not authorized to assume the task state's role, ${roleArn}.${more}`,
    );
  });

  test('needs a role', async () => {
    const definition = read('');
    const states = { Read: { ...definition.States.Read, Credentials: {} } };

    await expect(run({ ...definition, States: states })).rejects.toThrow(
      "The field 'RoleArn' is required but was missing at /States/Read/Credentials",
    );
  });
});
