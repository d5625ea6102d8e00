import { describe, expect, test } from '@jest/globals';
import {
  type Ended,
  MachineAccount,
  openMachineAccount,
  ROLE,
  refusal,
  STATES,
} from '../stepfunctions/machine-account.ts';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const pass = { Type: 'Pass', End: true };
/** Fails for items named in the test, hands on the others. */
const failing = (condition: string) => ({
  Check: { Type: 'Choice', Choices: [{ Condition: condition, Next: 'Broken' }], Default: 'Good' },
  Good: { Type: 'Succeed' },
  Broken: { Type: 'Fail', Error: 'Rotten', Cause: 'not good' },
});

const distributed = (more: object = {}, states: object = { Only: pass }, type = 'STANDARD') => ({
  Each: {
    Type: 'Map',
    Label: 'Each',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
      StartAt: Object.keys(states)[0],
      States: states,
    },
    End: true,
    ...more,
  },
});

const reader = (config: object, key = 'file') => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: config,
    Arguments: { Bucket: 'data', Key: key },
  },
});

const mapRunArnOf = (ended: Ended): string =>
  MachineAccount.details(ended, 'MapRunStarted').mapRunArn as string;

describe('a distributed Map', () => {
  test('runs each item in an execution of its own, and its events follow each other as at AWS', async () => {
    const account = await openMachineAccount();
    const ended = await account.run(distributed(), ['Hello', 'World']);

    expect(ended.output).toEqual(['Hello', 'World']);
    expect(ended.trace).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapRunStarted',
      '5<4 MapRunSucceeded',
      '6<5 MapStateSucceeded',
      '7<4 MapStateExited',
      '8<7 ExecutionSucceeded',
    ]);
    expect(MachineAccount.details(ended, 'MapStateStarted')).toEqual({ length: 2 });
    const mapRunArn = mapRunArnOf(ended);
    expect(mapRunArn).toMatch(new RegExp(`^${STATES}:mapRun:machine/Each:${UUID}$`));

    const { executions } = await account.call('ListExecutions', { mapRunArn });
    expect(executions).toHaveLength(2);
    expect(executions[0]).toMatchObject({
      executionArn: expect.stringMatching(new RegExp(`^${STATES}:execution:machine/Each:${UUID}$`)),
      stateMachineArn: `${STATES}:stateMachine:machine/Each`,
      status: 'SUCCEEDED',
      mapRunArn,
      itemCount: 1,
    });
    const child = await account.call('GetExecutionHistory', { executionArn: executions[1].executionArn });
    expect(child.events.map(({ type }: { type: string }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(child.events[0].executionStartedEventDetails).toMatchObject({ input: '"Hello"', roleArn: ROLE });
  });

  test('goes over the members of an object, and tells ItemSelector where items come from', async () => {
    const account = await openMachineAccount();
    const selector = {
      Items: '{% $states.input.stock %}',
      ItemSelector: {
        name: '{% $states.context.Map.Item.Key %}',
        count: '{% $states.context.Map.Item.Value %}',
        source: '{% $states.context.Map.Item.Source %}',
      },
    };
    const ended = await account.run(distributed(selector), { stock: { apples: 3, pears: 0 } });

    expect(ended.output).toEqual([
      { name: 'apples', count: 3, source: 'STATE_DATA' },
      { name: 'pears', count: 0, source: 'STATE_DATA' },
    ]);
  });

  test('hides outer variables from its children', async () => {
    const account = await openMachineAccount();
    const states = {
      Remember: { Type: 'Pass', Assign: { secret: 1 }, Next: 'Each' },
      ...distributed({}, { Only: { Type: 'Pass', Output: '{% $exists($secret) %}', End: true } }),
    };

    expect((await account.run(states, [1])).output).toEqual([false]);
  });

  test('runs no more children at once than MaxConcurrency says, until UpdateMapRun says otherwise', async () => {
    const account = await openMachineAccount();
    const wait = { Only: { Type: 'Wait', Seconds: 60, End: true } };
    const arn = await account.start(
      await account.machine(distributed({ MaxConcurrency: 1 }, wait)),
      [1, 2, 3, 4],
    );
    await account.world.clock.advance(1_000);
    const [{ mapRunArn }] = (await account.call('ListMapRuns', { executionArn: arn })).mapRuns;
    const counts = async () => (await account.call('DescribeMapRun', { mapRunArn })).itemCounts;
    expect(await counts()).toMatchObject({ pending: 3, running: 1, total: 4 });

    await account.call('UpdateMapRun', { mapRunArn, maxConcurrency: 3 });
    await account.world.clock.advance(1_000);
    expect(await counts()).toMatchObject({ pending: 1, running: 3 });

    await account.ended(arn);
    expect(await account.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      executionArn: arn,
      status: 'SUCCEEDED',
      maxConcurrency: 3,
      toleratedFailureCount: 0,
      toleratedFailurePercentage: 0,
      itemCounts: { succeeded: 4, pending: 0, running: 0, failed: 0, resultsWritten: 4 },
      redriveCount: 0,
    });
    expect(await refusal(account.call('UpdateMapRun', { mapRunArn, maxConcurrency: 1 }))).toMatch(
      /^ValidationException/,
    );
  });

  test('may run Express children, which have no history', async () => {
    const account = await openMachineAccount();
    const ended = await account.run(distributed({}, { Only: pass }, 'EXPRESS'), [1]);
    const mapRunArn = mapRunArnOf(ended);

    expect(ended.output).toEqual([1]);
    expect((await account.call('ListExecutions', { mapRunArn })).executions).toEqual([]);
  });

  test('stops its children with its execution', async () => {
    const account = await openMachineAccount();
    const wait = { Only: { Type: 'Wait', Seconds: 60, End: true } };
    const arn = await account.start(await account.machine(distributed({}, wait)), [1, 2]);
    await account.world.clock.advance(1_000);
    await account.call('StopExecution', { executionArn: arn });

    const [{ mapRunArn }] = (await account.call('ListMapRuns', { executionArn: arn })).mapRuns;
    expect(await account.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'ABORTED',
      executionCounts: { aborted: 2 },
    });
  });

  test('fails with States.DataLimitExceeded where the results are too large together', async () => {
    const account = await openMachineAccount();
    const large = { Only: { Type: 'Pass', Output: "{% $pad('', 150000, '#') %}", End: true } };
    const ended = await account.run(distributed({}, large), [1, 2]);

    expect(ended.error).toBe('States.DataLimitExceeded');
  });
});

describe('failing children', () => {
  test('fail the Map by default, and stop the others', async () => {
    const account = await openMachineAccount();
    const ended = await account.run(distributed({}, failing('{% $states.input = 2 %}')), [1, 2, 3]);

    expect(ended.trace.slice(3)).toEqual([
      '4<3 MapRunStarted',
      '5<4 MapRunFailed',
      '6<5 MapStateFailed',
      '7<6 ExecutionFailed',
    ]);
    expect(ended).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
  });

  test.each([
    [{ ToleratedFailureCount: 1 }, 'SUCCEEDED'],
    [{ ToleratedFailureCount: '{% $states.input[0] - 1 %}' }, 'FAILED'],
    [{ ToleratedFailurePercentage: 33.4 }, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 33 }, 'FAILED'],
    [{ ToleratedFailurePercentage: 50, ToleratedFailureCount: 0 }, 'FAILED'],
  ])('are tolerated up to %j', async (tolerance, status) => {
    const account = await openMachineAccount();
    const ended = await account.run(distributed(tolerance, failing('{% $states.input = 2 %}')), [1, 2, 3]);

    expect(ended.status).toBe(status);
    if (status === 'SUCCEEDED') expect(ended.output).toEqual([1, 3]);
  });

  test.each([
    ['ToleratedFailureCount', -1, 'ToleratedFailureCount cannot be negative.'],
    ['ToleratedFailurePercentage', 100.1, 'ToleratedFailurePercentage must be between 0 and 100.'],
  ])('are not tolerated by %s %d', async (field, value, text) => {
    const account = await openMachineAccount();
    const ended = await account.run(distributed({ [field]: `{% $states.input[0] * ${value} %}` }), [1]);

    expect(ended.trace.at(-1)).toBe('4<3 ExecutionFailed');
    expect(ended).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'Each' (entered at the event id #2). ${text}`,
    });
  });
});

describe('items from S3', () => {
  const text = "Col1,Col2,Col3\nValue1,Value2,Value3\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   \n";

  test('come from CSV with the header in its first row', async () => {
    const account = await openMachineAccount();
    await account.put('file', text);
    const config = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
    const ended = await account.run(distributed(reader(config)));

    expect(MachineAccount.details(ended, 'MapStateStarted')).toEqual({ length: 0 });
    expect(ended.output).toEqual([
      { Col1: 'Value1', Col2: 'Value2', Col3: 'Value3' },
      { Col1: '', Col2: '', Col3: '' },
      { Col1: 'true', Col2: '1', Col3: "'HelloWorld'" },
      { Col1: 'Null', Col2: 'None', Col3: '' },
      { Col1: '   ', Col2: '', Col3: '' },
    ]);
  });

  test('come from CSV with a given header, another delimiter and quoted fields', async () => {
    const account = await openMachineAccount();
    await account.put('file', '"a|""b"""|2\nc|d|e\n');
    const config = {
      InputType: 'CSV',
      CSVHeaderLocation: 'GIVEN',
      CSVHeaders: ['H1', 'H2'],
      CSVDelimiter: 'PIPE',
    };
    const ended = await account.run(distributed(reader(config)));

    expect(ended.output).toEqual([
      { H1: 'a|"b"', H2: '2' },
      { H1: 'c', H2: 'd' },
    ]);
  });

  test('have their columns in the order in which AWS writes them', async () => {
    const account = await openMachineAccount();
    await account.put('file', 'H1,\nValue4,Value5,Value6\n');
    const config = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
    const ended = await account.run(distributed(reader(config)));

    expect(JSON.stringify(ended.output)).toBe('[{"":"Value5","H1":"Value4"}]');
  });

  test('come from JSON, packed JSON Lines, and the place that a pointer names', async () => {
    const account = await openMachineAccount();
    await account.put('file', '{"a":{"b":[1,2]}}');
    await account.put('lines.jsonl', '{"n":1}\n\n{"n":2}\n');
    const inner = await account.run(
      distributed(reader({ InputType: 'JSON', ItemsPointer: '/a/b' })),
      {},
      { name: 'pointer' },
    );
    const lines = await account.run(
      distributed(reader({ InputType: 'JSONL' }, 'lines.jsonl')),
      {},
      { name: 'lines' },
    );

    expect(inner.output).toEqual([1, 2]);
    expect(lines.output).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('come from a bucket’s list, or from what is in the listed files', async () => {
    const account = await openMachineAccount();
    await account.put('in/1.json', '[1,2]');
    await account.put('in/2.json', '[3]');
    const listing = (config?: object) => ({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Arguments: { Bucket: 'data', Prefix: 'in/' },
        ...(config && { ReaderConfig: config }),
      },
    });
    const listed = await account.run(distributed(listing()), {}, { name: 'listed' });
    const loaded = await account.run(
      distributed(listing({ Transformation: 'LOAD_AND_FLATTEN', InputType: 'JSON' })),
      {},
      { name: 'loaded' },
    );

    expect(Object.keys((listed.output as object[])[0]!)).toEqual([
      'Etag',
      'LastModified',
      'Key',
      'Size',
      'StorageClass',
    ]);
    expect(listed.output).toMatchObject([{ Key: 'in/1.json', Size: 5 }, { Key: 'in/2.json' }]);
    expect(loaded.output).toEqual([1, 2, 3]);
  });

  test('come from an inventory', async () => {
    const account = await openMachineAccount();
    await account.put('part.csv', '"data","some%20key.csv","7"\n');
    await account.put(
      'file',
      JSON.stringify({ fileFormat: 'CSV', fileSchema: 'Bucket, Key, Size', files: [{ key: 'part.csv' }] }),
    );
    const ended = await account.run(distributed(reader({ InputType: 'MANIFEST' })));

    expect(ended.output).toEqual([{ Bucket: 'data', Key: 'some key.csv', Size: '7' }]);
  });

  test.each([
    [0, 3],
    [2, 2],
    [100_000_001, 3],
  ])('are not more than MaxItems %d', async (maxItems, count) => {
    const account = await openMachineAccount();
    await account.put('file', '[1,2,3]');
    const config = { InputType: 'JSON', MaxItems: '{% $states.input.most %}' };
    const ended = await account.run(distributed(reader(config)), { most: maxItems });

    expect(ended.output).toHaveLength(count);
  });

  test.each([
    [
      'duplicates',
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['A', 'A'] },
      'CSV headers cannot contain duplicates.',
    ],
    ['a number', { InputType: 'JSON' }, 'Attempting to map over non-iterable node.'],
    ['a negative maximum', { InputType: 'JSON', MaxItems: '{% -1 %}' }, 'field MaxItems must be positive'],
  ])('fail for %s as AWS says it', async (_, config, cause) => {
    const account = await openMachineAccount();
    await account.put('file', '1');
    const ended = await account.run(distributed(reader(config)));

    expect(ended).toMatchObject({ error: 'States.ItemReaderFailed', cause });
    expect(ended.trace.slice(4)).toEqual(['5<4 MapRunFailed', '6<5 MapStateFailed', '7<6 ExecutionFailed']);
  });

  test('need the machine’s role to be allowed, and the object to be there', async () => {
    const missing = await openMachineAccount();
    const forbidden = await openMachineAccount({ actions: ['states:*'] });
    const noStart = await openMachineAccount({ actions: ['s3:*'] });
    const states = distributed(reader({ InputType: 'JSON' }));

    expect(await missing.run(states)).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining('The specified key does not exist. (Service: S3, Status Code: 404'),
    });
    expect(await forbidden.run(states)).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining('Status Code: 403'),
    });
    expect(await noStart.run(states)).toMatchObject({ error: 'States.Permissions' });
  });
});

describe('ItemBatcher', () => {
  test('puts so many items together, with what they share', async () => {
    const account = await openMachineAccount();
    const batcher = {
      ItemBatcher: {
        MaxItemsPerBatch: '{% $states.input.size %}',
        BatchInput: { of: '{% $states.input.size %}' },
      },
      Items: '{% [1, 2, 3] %}',
    };
    const ended = await account.run(distributed(batcher), { size: 2 });

    expect(JSON.stringify(ended.output)).toBe(
      '[{"BatchInput":{"of":2},"Items":[1,2]},{"BatchInput":{"of":2},"Items":[3]}]',
    );
    const mapRunArn = mapRunArnOf(ended);
    expect(await account.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      itemCounts: { succeeded: 3 },
      executionCounts: { succeeded: 2 },
    });
  });

  test('keeps inputs under so many bytes', async () => {
    const account = await openMachineAccount();
    const ended = await account.run(distributed({ ItemBatcher: { MaxInputBytesPerBatch: 21 } }), [
      'aaa',
      'bbb',
      'c',
    ]);

    expect(ended.output).toEqual([{ Items: ['aaa'] }, { Items: ['bbb', 'c'] }]);
  });
});

describe('ResultWriter', () => {
  const writer = (more: object = {}) => ({
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Arguments: { Bucket: 'data', Prefix: 'out' },
      ...more,
    },
  });

  test('writes a manifest and a file for each fate, and hands on where', async () => {
    const account = await openMachineAccount();
    const states = distributed({ ...writer(), ToleratedFailureCount: 1 }, failing('{% $states.input = 2 %}'));
    const ended = await account.run(states, [1, 2]);
    const mapRunArn = mapRunArnOf(ended);
    const folder = `out/${mapRunArn.split(':').at(-1)}`;

    expect(ended.output).toEqual({
      MapRunArn: mapRunArn,
      ResultWriterDetails: { Bucket: 'data', Key: `${folder}/manifest.json` },
    });
    const manifest = JSON.parse(await account.read(`${folder}/manifest.json`));
    expect(manifest).toEqual({
      DestinationBucket: 'data',
      MapRunArn: mapRunArn,
      ResultFiles: {
        FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: expect.any(Number) }],
        PENDING: [],
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: expect.any(Number) }],
      },
    });
    const [succeeded] = JSON.parse(await account.read(`${folder}/SUCCEEDED_0.json`));
    expect(succeeded).toEqual({
      ExecutionArn: expect.stringContaining(':execution:machine/Each:'),
      Input: '1',
      InputDetails: { Included: true },
      Name: expect.any(String),
      Output: '1',
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: '2026-03-02T09:00:00.000Z',
      StateMachineArn: `${STATES}:stateMachine:machine/Each`,
      Status: 'SUCCEEDED',
      StopDate: '2026-03-02T09:00:00.000Z',
    });
    const [failed] = JSON.parse(await account.read(`${folder}/FAILED_0.json`));
    expect(failed).toMatchObject({ Error: 'Rotten', Cause: 'not good', Status: 'FAILED' });
  });

  test('writes what was not started where the Map fails', async () => {
    const account = await openMachineAccount();
    const states = distributed({ ...writer(), MaxConcurrency: 1 }, failing('{% $states.input = 1 %}'));
    const ended = await account.run(states, [1, 2]);
    const folder = `out/${mapRunArnOf(ended).split(':').at(-1)}`;

    expect(ended.error).toBe('States.ExceedToleratedFailureThreshold');
    expect(JSON.parse(await account.read(`${folder}/PENDING_0.json`))).toMatchObject([{ Input: '2' }]);
  });

  test.each([
    ['COMPACT', 'JSON', '[[1,2],[1,2]]', 'json'],
    ['FLATTEN', 'JSON', '[1,2,1,2]', 'json'],
    ['FLATTEN', 'JSONL', '1\n2\n1\n2', 'jsonl'],
  ])('writes outputs alone with %s as %s', async (Transformation, OutputType, text, ending) => {
    const account = await openMachineAccount();
    const states = distributed(writer({ WriterConfig: { Transformation, OutputType } }), {
      Only: { Type: 'Pass', Output: [1, 2], End: true },
    });
    const ended = await account.run(states, ['a', 'b']);

    expect(await account.read(`out/${mapRunArnOf(ended).split(':').at(-1)}/SUCCEEDED_0.${ending}`)).toBe(
      text,
    );
  });

  test('only transforms the result where it exports nothing', async () => {
    const account = await openMachineAccount();
    const states = distributed(
      { ResultWriter: { WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSON' } } },
      { Only: { Type: 'Pass', Output: [1, 2], End: true } },
    );

    expect((await account.run(states, ['a', 'b'])).output).toEqual([1, 2, 1, 2]);
  });

  test('fails with States.ResultWriterFailed where the bucket is not there', async () => {
    const account = await openMachineAccount();
    const states = distributed({
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'nowhere' } },
    });

    expect(await account.run(states, [1])).toMatchObject({
      error: 'States.ResultWriterFailed',
      cause: expect.stringContaining('The specified bucket does not exist'),
    });
  });
});

test('The same seed gives the same map runs, children and history', async () => {
  const run = async () => {
    const account = await openMachineAccount();
    await account.run(distributed({}, failing('{% $states.input = 2 %}')), [1, 2, 3]);
    return account.world.journal.text();
  };

  expect(await run()).toBe(await run());
});
