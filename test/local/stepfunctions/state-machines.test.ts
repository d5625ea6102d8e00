import { describe, expect, test } from '@jest/globals';
import {
  type MachineAccount,
  machineArn,
  openMachineAccount,
  ROLE,
  refusal,
  STATES,
} from './machine-account.ts';

const definitionOf = (output: unknown): string =>
  JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Only',
    States: { Only: { Type: 'Pass', Output: output, End: true } },
  });

const creation = (more: object = {}) => ({ name: 'm', roleArn: ROLE, definition: definitionOf(1), ...more });

describe('CreateStateMachine', () => {
  test('gives the same machine for the same request, and refuses another under its name', async () => {
    const { call, world } = await openMachineAccount();
    const first = await call('CreateStateMachine', creation());
    await world.clock.advance(1_000);

    expect(await call('CreateStateMachine', creation({ tags: [{ key: 'a', value: 'b' }] }))).toEqual(first);
    for (const other of [
      { definition: `${definitionOf(1)} ` },
      { type: 'EXPRESS' },
      { tracingConfiguration: { enabled: true } },
    ]) {
      expect(await refusal(call('CreateStateMachine', creation(other)))).toBe(
        `StateMachineAlreadyExists: State Machine Already Exists: '${machineArn('m')}'`,
      );
    }
  });

  test('describes what was asked for, with AWS’s defaults', async () => {
    const { call } = await openMachineAccount();
    await call('CreateStateMachine', creation());

    expect(await call('DescribeStateMachine', { stateMachineArn: machineArn('m') })).toEqual({
      stateMachineArn: machineArn('m'),
      name: 'm',
      status: 'ACTIVE',
      definition: definitionOf(1),
      roleArn: ROLE,
      type: 'STANDARD',
      creationDate: new Date('2026-03-02T09:00:00Z'),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
  });

  test('tells which variables each state reads', async () => {
    const account = await openMachineAccount();
    const stateMachineArn = await account.machine({
      Set: { Type: 'Pass', Assign: { two: 2, one: 1 }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Inner',
            States: {
              Inner: {
                Type: 'Pass',
                Output: { sum: '{% $two + $one %}', texts: '{% $map([1], function($x) { $string($x) }) %}' },
                End: true,
              },
            },
          },
        ],
        End: true,
      },
    });

    expect((await account.call('DescribeStateMachine', { stateMachineArn })).variableReferences).toEqual({
      Inner: ['one', 'two'],
    });
  });

  test('publishes a first version if asked to', async () => {
    const { call } = await openMachineAccount();

    expect(
      await call('CreateStateMachine', creation({ publish: true, versionDescription: 'one' })),
    ).toMatchObject({
      stateMachineVersionArn: `${machineArn('m')}:1`,
    });
    expect(
      await refusal(call('CreateStateMachine', creation({ name: 'n', versionDescription: 'one' }))),
    ).toBe('ValidationException: Version description can only be set when publish is true');
  });

  test.each([
    [{ level: 'ALL' }],
    [{ level: 'ERROR', destinations: [] }],
    [{ level: 'ALL', destinations: [{}, {}] }],
  ])('refuses logs that go nowhere or to several places: %j', async (loggingConfiguration) => {
    const { call } = await openMachineAccount();

    expect(await refusal(call('CreateStateMachine', creation({ loggingConfiguration })))).toMatch(
      /Must specify exactly one Log Destination|ValidationException/,
    );
  });

  test('refuses names with what AWS forbids in them', async () => {
    const { call } = await openMachineAccount();

    expect(await refusal(call('CreateStateMachine', creation({ name: 'a b' })))).toBe(
      "InvalidName: Invalid Name: 'a b'",
    );
  });
});

describe('UpdateStateMachine', () => {
  test('makes a new revision only for what changes', async () => {
    const { call } = await openMachineAccount();
    const { stateMachineArn } = await call('CreateStateMachine', creation());
    const same = await call('UpdateStateMachine', { stateMachineArn, definition: definitionOf(1) });
    const changed = await call('UpdateStateMachine', { stateMachineArn, definition: definitionOf(2) });
    const again = await call('UpdateStateMachine', { stateMachineArn, definition: definitionOf(2) });

    expect(same.revisionId).toBeUndefined();
    expect(changed.revisionId).toEqual(expect.any(String));
    expect(again.revisionId).toBe(changed.revisionId);
    expect(await call('DescribeStateMachine', { stateMachineArn })).toMatchObject({
      definition: definitionOf(2),
      revisionId: changed.revisionId,
    });
    expect(await refusal(call('UpdateStateMachine', { stateMachineArn }))).toMatch(
      /^MissingRequiredParameter: Either the definition/,
    );
  });

  test('leaves running executions what they began with', async () => {
    const account = await openMachineAccount();
    const states = (output: number) => ({
      Rest: { Type: 'Wait', Seconds: 60, Next: 'Only' },
      Only: { Type: 'Pass', Output: output, End: true },
    });
    const stateMachineArn = await account.machine(states(1));
    const executionArn = await account.start(stateMachineArn);
    await account.world.clock.advance(1_000);
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Rest', States: states(2) });
    await account.call('UpdateStateMachine', { stateMachineArn, definition });

    expect((await account.ended(executionArn)).output).toBe(1);
    const described = await account.call('DescribeStateMachineForExecution', { executionArn });
    expect(JSON.parse(described.definition).States).toEqual(states(1));
    expect(described).not.toHaveProperty('revisionId');
  });
});

describe('DeleteStateMachine', () => {
  test('takes a machine away with its versions, and does not mind one that is not there', async () => {
    const { call } = await openMachineAccount();
    const { stateMachineArn } = await call('CreateStateMachine', creation({ publish: true }));
    await call('DeleteStateMachine', { stateMachineArn });
    await call('DeleteStateMachine', { stateMachineArn });

    expect((await call('ListStateMachines', {})).stateMachines).toEqual([]);
    expect(await refusal(call('DescribeStateMachine', { stateMachineArn: `${stateMachineArn}:1` }))).toBe(
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${stateMachineArn}:1'`,
    );
  });

  test('ends running executions at their next transition; until then the machine is DELETING', async () => {
    const account = await openMachineAccount();
    const states = {
      Rest: { Type: 'Wait', Seconds: 60, Next: 'Only' },
      Only: { Type: 'Pass', End: true },
    };
    const stateMachineArn = await account.machine(states);
    const executionArn = await account.start(stateMachineArn);
    await account.world.clock.advance(1_000);
    await account.call('DeleteStateMachine', { stateMachineArn });

    expect(await account.call('DescribeStateMachine', { stateMachineArn })).toMatchObject({
      status: 'DELETING',
    });
    expect(await refusal(account.call('StartExecution', { stateMachineArn }))).toMatch(
      /^StateMachineDeleting/,
    );
    expect((await account.ended(executionArn)).status).toBe('ABORTED');
    await account.world.clock.advance(1_000);
    expect(await refusal(account.call('DescribeStateMachine', { stateMachineArn }))).toMatch(
      /^StateMachineDoesNotExist/,
    );
  });
});

describe('ARNs', () => {
  test.each([
    ['DescribeStateMachine', 'stateMachineArn'],
    ['ListExecutions', 'stateMachineArn'],
    ['PublishStateMachineVersion', 'stateMachineArn'],
    ['DescribeExecution', 'executionArn'],
    ['GetExecutionHistory', 'executionArn'],
  ])('%s refuses what is none', async (operation, member) => {
    const { call } = await openMachineAccount();

    expect(await refusal(call(operation, { [member]: 'no_arn' }))).toBe(
      "InvalidArn: Invalid Arn: 'Invalid ARN prefix: no_arn'",
    );
  });

  test.each(['DescribeExecution', 'StopExecution', 'GetExecutionHistory'])(
    '%s knows no Express executions',
    async (operation) => {
      const account = await openMachineAccount();
      const arn = await account.machine({ End: { Type: 'Succeed' } }, { type: 'EXPRESS' });
      const executionArn = await account.start(arn);

      expect(await refusal(account.call(operation, { executionArn }))).toBe(
        "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
      );
    },
  );
});

describe('versions', () => {
  const updated = async ({ call }: MachineAccount, output: unknown): Promise<string> => {
    const input = { stateMachineArn: machineArn('m'), definition: definitionOf(output) };
    return (await call('UpdateStateMachine', input)).revisionId;
  };

  test('are published once for each revision, and their numbers are not given out again', async () => {
    const account = await openMachineAccount();
    const { call } = account;
    const { stateMachineArn } = await call('CreateStateMachine', creation());
    const publish = async (more: object = {}) =>
      (await call('PublishStateMachineVersion', { stateMachineArn, ...more })).stateMachineVersionArn;

    expect(await publish()).toBe(`${stateMachineArn}:1`);
    expect(await publish()).toBe(`${stateMachineArn}:1`);
    await updated(account, 2);
    expect(await publish({ description: 'two' })).toBe(`${stateMachineArn}:2`);
    await call('DeleteStateMachineVersion', { stateMachineVersionArn: `${stateMachineArn}:2` });
    await call('DeleteStateMachineVersion', { stateMachineVersionArn: `${stateMachineArn}:2` });
    expect(await publish()).toBe(`${stateMachineArn}:3`);
    const { stateMachineVersions } = await call('ListStateMachineVersions', { stateMachineArn });
    expect(stateMachineVersions).toMatchObject([
      { stateMachineVersionArn: `${stateMachineArn}:3` },
      { stateMachineVersionArn: `${stateMachineArn}:1` },
    ]);
  });

  test('are refused for a revision that is not the present one', async () => {
    const account = await openMachineAccount();
    const { stateMachineArn } = await account.call('CreateStateMachine', creation());
    const old = await updated(account, 2);
    const present = await updated(account, 3);

    expect(
      await refusal(account.call('PublishStateMachineVersion', { stateMachineArn, revisionId: old })),
    ).toBe(
      `ConflictException: Failed to publish the State Machine version for revision ${old}. The current State Machine revision is ${present}.`,
    );
  });

  test('run as they were published, and their executions are told apart', async () => {
    const account = await openMachineAccount();
    const { call } = account;
    const { stateMachineVersionArn } = await call('CreateStateMachine', creation({ publish: true }));
    await updated(account, 2);
    const old = await account.ended(await account.start(stateMachineVersionArn));
    const present = await account.ended(await account.start(machineArn('m')));

    expect([old.output, present.output]).toEqual([1, 2]);
    expect(await call('DescribeExecution', { executionArn: old.executionArn })).toMatchObject({
      stateMachineArn: machineArn('m'),
      stateMachineVersionArn,
    });
    const { executions } = await call('ListExecutions', { stateMachineArn: stateMachineVersionArn });
    expect(executions.map(({ executionArn }: { executionArn: string }) => executionArn)).toEqual([
      old.executionArn,
    ]);
    expect((await call('ListExecutions', { stateMachineArn: machineArn('m') })).executions).toHaveLength(2);
    expect(await call('DescribeStateMachine', { stateMachineArn: stateMachineVersionArn })).toMatchObject({
      stateMachineArn: stateMachineVersionArn,
      definition: definitionOf(1),
    });
  });
});

describe('aliases', () => {
  const route = (...weights: [number, number][]) =>
    weights.map(([version, weight]) => ({
      stateMachineVersionArn: `${machineArn('m')}:${version}`,
      weight,
    }));

  async function withTwoVersions(seed = 7): Promise<MachineAccount> {
    const account = await openMachineAccount({ seed });
    await account.call('CreateStateMachine', creation({ publish: true }));
    const second = { stateMachineArn: machineArn('m'), definition: definitionOf(2), publish: true };
    await account.call('UpdateStateMachine', second);
    return account;
  }

  test('share executions among their versions by weight', async () => {
    const account = await withTwoVersions();
    const { stateMachineAliasArn } = await account.call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration: route([1, 80], [2, 20]),
    });
    const outputs: unknown[] = [];
    for (let count = 0; count < 200; count += 1) {
      outputs.push((await account.ended(await account.start(stateMachineAliasArn))).output);
    }

    expect(stateMachineAliasArn).toBe(`${machineArn('m')}:live`);
    const second = outputs.filter((output) => output === 2).length;
    expect(second).toBeGreaterThan(20);
    expect(second).toBeLessThan(60);
    const { executions } = await account.call('ListExecutions', { stateMachineArn: stateMachineAliasArn });
    expect(executions[0]).toMatchObject({
      stateMachineAliasArn,
      stateMachineVersionArn: expect.stringMatching(/:m:[12]$/),
    });
  });

  test('are made, changed, listed and taken away', async () => {
    const { call } = await withTwoVersions();
    const made = { name: 'live', description: 'first', routingConfiguration: route([1, 100]) };
    const first = await call('CreateStateMachineAlias', made);
    const { stateMachineAliasArn } = first;
    expect(await call('CreateStateMachineAlias', made)).toEqual(first);
    expect(await refusal(call('CreateStateMachineAlias', { ...made, description: 'other' }))).toBe(
      'ConflictException: Failed to create alias because an alias with the same name and a different routing configuration already exists.',
    );
    expect(
      await refusal(call('DeleteStateMachineVersion', { stateMachineVersionArn: `${machineArn('m')}:1` })),
    ).toBe(
      'ConflictException: Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [live]',
    );

    await call('UpdateStateMachineAlias', {
      stateMachineAliasArn,
      routingConfiguration: route([1, 50], [2, 50]),
    });
    expect(await call('DescribeStateMachineAlias', { stateMachineAliasArn })).toEqual({
      stateMachineAliasArn,
      name: 'live',
      description: 'first',
      routingConfiguration: route([1, 50], [2, 50]),
      creationDate: first.creationDate,
      updateDate: expect.any(Date),
    });
    expect(
      (await call('ListStateMachineAliases', { stateMachineArn: machineArn('m') })).stateMachineAliases,
    ).toEqual([first]);
    await call('DeleteStateMachineAlias', { stateMachineAliasArn });
    await call('DeleteStateMachineAlias', { stateMachineAliasArn });
    expect(await refusal(call('UpdateStateMachineAlias', { stateMachineAliasArn, description: 'x' }))).toBe(
      'ResourceNotFound: Request references a resource that does not exist.',
    );
  });

  test.each([
    [
      [{ stateMachineVersionArn: machineArn('m'), weight: 100 }],
      `Routing configuration must contain state machine version ARNs. Received: [${machineArn('m')}]`,
    ],
    [
      route([1, 50], [1, 50]),
      `Routing configuration must contain distinct state machine version ARNs. Received: [${machineArn('m')}:1, ${machineArn('m')}:1]`,
    ],
    [route([1, 70], [2, 29]), 'Sum of routing configuration weights must equal 100. Received: [70, 29]'],
  ])('refuse routes that cannot be: %#', async (routingConfiguration, text) => {
    const { call } = await withTwoVersions();

    expect(await refusal(call('CreateStateMachineAlias', { name: 'live', routingConfiguration }))).toBe(
      `ValidationException: ${text}`,
    );
  });
});

describe('tags', () => {
  test('are set at creation, added, overwritten and taken away', async () => {
    const { call } = await openMachineAccount();
    const { stateMachineArn: resourceArn } = await call(
      'CreateStateMachine',
      creation({ tags: [{ key: 'a', value: '1' }] }),
    );
    const tags = [
      { key: 'a', value: '2' },
      { key: 'b', value: '' },
    ];
    await call('TagResource', { resourceArn, tags });
    expect((await call('ListTagsForResource', { resourceArn })).tags).toEqual(tags);
    await call('UntagResource', { resourceArn, tagKeys: ['a', 'none'] });
    expect((await call('ListTagsForResource', { resourceArn })).tags).toEqual([{ key: 'b', value: '' }]);
  });

  test('are not for versions, and not for more than fifty', async () => {
    const { call } = await openMachineAccount();
    await call('CreateStateMachine', creation({ publish: true }));
    const many = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }));

    expect(await refusal(call('TagResource', { resourceArn: `${machineArn('m')}:1`, tags: [] }))).toBe(
      `ResourceNotFound: Resource not found: '${machineArn('m')}:1'`,
    );
    expect(await refusal(call('TagResource', { resourceArn: machineArn('m'), tags: many }))).toMatch(
      /^TooManyTags/,
    );
  });
});

describe('pages', () => {
  test('of executions come latest first, and go on with their token', async () => {
    const account = await openMachineAccount();
    const stateMachineArn = await account.machine({ End: { Type: 'Succeed' } });
    for (const name of ['a', 'b', 'c']) {
      await account.ended(await account.start(stateMachineArn, {}, name));
      await account.world.clock.advance(1_000);
    }
    const first = await account.call('ListExecutions', { stateMachineArn, maxResults: 2 });
    const second = await account.call('ListExecutions', { stateMachineArn, nextToken: first.nextToken });
    const names = ({ executions }: { executions: { name: string }[] }) => executions.map(({ name }) => name);

    expect(names(first)).toEqual(['c', 'b']);
    expect(names(second)).toEqual(['a']);
    expect(second).not.toHaveProperty('nextToken');
    expect(await refusal(account.call('ListExecutions', { stateMachineArn, nextToken: 'what' }))).toBe(
      "InvalidToken: Invalid Token: 'Invalid token'",
    );
    const failed = { stateMachineArn, statusFilter: 'FAILED' };
    expect(names(await account.call('ListExecutions', failed))).toEqual([]);
    expect(
      await refusal(account.call('ListExecutions', { stateMachineArn, redriveFilter: 'REDRIVEN' })),
    ).toMatch(/^ValidationException/);
  });

  test('of a history come in both directions, and can be without data', async () => {
    const account = await openMachineAccount();
    const { executionArn } = await account.run({ End: { Type: 'Succeed' } }, { secret: 1 });
    const ids = async (more: object) =>
      (await account.call('GetExecutionHistory', { executionArn, ...more })).events.map(
        ({ id }: { id: number }) => id,
      );

    expect(await ids({ maxResults: 2 })).toEqual([1, 2]);
    expect(await ids({ reverseOrder: true, maxResults: 3 })).toEqual([4, 3, 2]);
    const bare = await account.call('GetExecutionHistory', { executionArn, includeExecutionData: false });
    expect(JSON.stringify(bare)).not.toContain('secret');
    const metadata = await account.call('DescribeExecution', { executionArn, includedData: 'METADATA_ONLY' });
    expect(JSON.stringify(metadata)).not.toContain('secret');
  });
});

test('A child of a map run tells its map run and label', async () => {
  const account = await openMachineAccount();
  const states = {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Only',
        States: { Only: { Type: 'Succeed' } },
      },
      End: true,
    },
  };
  const { executionArn } = await account.run(states, [1]);
  const [{ mapRunArn }] = (await account.call('ListMapRuns', { executionArn })).mapRuns;
  const [child] = (await account.call('ListExecutions', { mapRunArn })).executions;
  const [, label] = mapRunArn.split(':')[6].split('/');

  expect(await account.call('DescribeExecution', { executionArn: child.executionArn })).toMatchObject({
    mapRunArn,
  });
  expect(
    await account.call('DescribeStateMachineForExecution', { executionArn: child.executionArn }),
  ).toMatchObject({ mapRunArn, label, stateMachineArn: `${STATES}:stateMachine:machine/${label}` });
});
