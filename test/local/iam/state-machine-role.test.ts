import type { StatementDocument } from '../../../local/iam/policy.ts';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';
import { allow, giveRoleTo, roleArn } from '../support/roles.ts';

let world: World;
let call: Account['call'];

beforeEach(async () => {
  ({ world, call } = await openAccount());
});

const ROLE = roleArn('machine');

const giveRole = (Service: string, ...statements: StatementDocument[]): string =>
  giveRoleTo({ Service }, world, 'machine', ...statements);

const managedRule = allow(['events:PutRule', 'events:PutTargets', 'events:DescribeRule'], '*');

const passing = { QueryLanguage: 'JSONata', StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };

/** Waits for a child, so Step Functions keeps a rule for it. */
const waiting = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait for it',
  States: {
    'Wait for it': {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:child' },
      End: true,
    },
  },
};

const create = (definition: object, more: object = {}): Promise<unknown> =>
  call('CreateStateMachine', { name: 'own', roleArn: ROLE, definition: JSON.stringify(definition), ...more });

const machineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:own';

test('a machine is not made with a role for somebody else', async () => {
  giveRole('lambda.amazonaws.com');

  await expect(create(passing)).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message:
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
  });
});

test('a machine is not made without the managed rule that its definition needs', async () => {
  giveRole('states.amazonaws.com');

  await expect(create(waiting)).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message: `'${ROLE}' is not authorized to create managed-rule.`,
  });
  await expect(create(passing)).resolves.toMatchObject({ stateMachineArn: machineArn });
});

test('a machine is not changed into one that its role does not carry', async () => {
  giveRole('states.amazonaws.com');
  await create(passing);

  await expect(
    call('UpdateStateMachine', { stateMachineArn: machineArn, definition: JSON.stringify(waiting) }),
  ).rejects.toMatchObject({ message: `'${ROLE}' is not authorized to create managed-rule.` });
});

test('a machine is made once its role carries it', async () => {
  giveRole('states.amazonaws.com', managedRule);

  await expect(create(waiting)).resolves.toMatchObject({ stateMachineArn: machineArn });
});

test('a machine that logs needs the right to deliver logs, also when it begins to later', async () => {
  giveRole('states.amazonaws.com');
  await create(passing);
  const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:machines:*';
  const loggingConfiguration = {
    level: 'ALL',
    destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: group } }],
  };

  await expect(
    call('UpdateStateMachine', { stateMachineArn: machineArn, loggingConfiguration }),
  ).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message: 'The state machine IAM Role is not authorized to access the Log Destination',
  });
});

test('a machine that traces is made without the right to: its traces are lost', async () => {
  giveRole('states.amazonaws.com');

  await expect(create(passing, { tracingConfiguration: { enabled: true } })).resolves.toMatchObject({
    stateMachineArn: machineArn,
  });
});

test('in an account without a role nobody is asked', async () => {
  await expect(create(waiting)).resolves.toMatchObject({ stateMachineArn: machineArn });
});
