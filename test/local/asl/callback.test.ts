import { AwsError } from '../../../local/aws-error.ts';
import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const park = {
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
  Arguments: {
    TableName: 'ledger',
    Key: {},
    ExpressionAttributeValues: { ':t': { S: '{% $states.context.Task.Token %}' } },
  },
};
const tokenOf = (world: SmallWorld, index = 0): string => {
  const input = world.calls[index]!.input as { ExpressionAttributeValues: { ':t': { S: string } } };
  return input.ExpressionAttributeValues[':t'].S;
};
const stored = { 'dynamodb:UpdateItem': {} };

async function parked(more: object = {}): Promise<{ world: SmallWorld; arn: string }> {
  const world = new SmallWorld(stored);
  const arn = world.start(world.machine({ Park: { ...park, ...more, ...end } }));
  await world.clock.advance(1000);
  return { world, arn };
}

const errorOf = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as AwsError).code;
  }
};

describe('.waitForTaskToken', () => {
  test('waits for days and takes the answer as its result', async () => {
    const { world, arn } = await parked();
    await world.clock.advance(3 * 24 * 3600 * 1000);
    expect(world.states.execution(arn).status).toBe('RUNNING');
    expect(world.states.waiterOf(tokenOf(world))).toBe(world.states.execution(arn).stateMachineArn);

    world.call('SendTaskSuccess', { taskToken: tokenOf(world), output: '{"approved":true}' });

    const ended = await world.ended(arn);
    expect(ended.output).toEqual({ approved: true });
    expect(world.states.waiterOf(tokenOf(world))).toBeUndefined();
    expect(ended.types.slice(2, 6)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
    ]);
    expect(ended.details('TaskSubmitted')).toMatchObject({
      resourceType: 'aws-sdk:dynamodb',
      resource: 'updateItem.waitForTaskToken',
      output: '{}',
    });
  });

  test('takes a failure under the name that was sent', async () => {
    const { world, arn } = await parked();
    world.call('SendTaskFailure', { taskToken: tokenOf(world), error: 'Rejected', cause: 'by Ada' });

    const ended = await world.ended(arn);
    expect([ended.view.error, ended.view.cause]).toEqual(['Rejected', 'by Ada']);
  });

  test('knows answered, unknown and malformed tokens apart', async () => {
    const { world, arn } = await parked();
    const send = (taskToken: string, output = '1') =>
      errorOf(() => world.call('SendTaskSuccess', { taskToken, output }));

    expect(send('nonsense', '{not json')).toBe('InvalidToken');
    expect(send(`${tokenOf(world).slice(0, -1)}_`)).toBe('TaskDoesNotExist');
    expect(send(tokenOf(world), '{not json')).toBe('InvalidOutput');
    expect(send(tokenOf(world))).toBe('none');
    expect(send(tokenOf(world))).toBe('TaskTimedOut');
    expect((await world.ended(arn)).status).toBe('SUCCEEDED');
  });

  test('makes a new token for each attempt and lets the old one die', async () => {
    const retry = {
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }],
    };
    const { world, arn } = await parked(retry);
    await world.clock.advance(61_000);

    expect(tokenOf(world, 1)).not.toBe(tokenOf(world, 0));
    expect(errorOf(() => world.call('SendTaskSuccess', { taskToken: tokenOf(world, 0), output: '1' }))).toBe(
      'TaskTimedOut',
    );
    world.call('SendTaskSuccess', { taskToken: tokenOf(world, 1), output: '"second"' });
    expect((await world.ended(arn)).output).toBe('second');
  });

  test('needs heartbeats when it says so, and these do not stretch TimeoutSeconds', async () => {
    const { world, arn } = await parked({ HeartbeatSeconds: 10, TimeoutSeconds: 25 });
    for (const _ of [1, 2]) {
      await world.clock.advance(8000);
      world.call('SendTaskHeartbeat', { taskToken: tokenOf(world) });
    }
    const ended = await world.ended(arn);
    expect(ended.view.stopMs! - ended.view.startMs).toBe(25_000);
  });

  test('offers a missed heartbeat to Retry and Catch under both names', async () => {
    const world = new SmallWorld(stored);
    const ended = await world.run({
      Park: {
        ...park,
        HeartbeatSeconds: 10,
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Told' }],
        ...end,
      },
      Told: { Type: 'Pass', ...end },
    });

    expect(ended.output).toEqual({ Error: 'States.Timeout', Cause: '' });
    expect(ended.view.stopMs! - ended.view.startMs).toBe(10_000);
  });

  test('fails at once when the call that should store the token is refused', async () => {
    const world = new SmallWorld({
      'dynamodb:UpdateItem': () => {
        throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
      },
    });
    const ended = await world.run({ Park: { ...park, ...end } });

    expect(ended.view.error).toBe('DynamoDb.ConditionalCheckFailedException');
    expect(ended.types.slice(3, 5)).toEqual(['TaskStarted', 'TaskSubmitFailed']);
  });

  test('takes an answer that comes before the call is over', async () => {
    const world: SmallWorld = new SmallWorld({
      'dynamodb:UpdateItem': () => {
        world.call('SendTaskSuccess', { taskToken: tokenOf(world), output: '"quick"' });
        return {};
      },
    });

    expect((await world.run({ Park: { ...park, ...end } })).output).toBe('quick');
  });
});
