import { invoke, jsonata, map, parallel, ROLE, tested } from './support/tested.ts';

const MOCK_ERROR = { errorOutput: { error: 'MockException', cause: 'It was told to.' } };

const { testState, refusal } = tested();

describe('A mock', () => {
  test('is a Task’s result, between its own expressions', async () => {
    const answer = await testState(
      {
        ...invoke,
        Output: '{% $states.result.Payload & "!" %}',
        Assign: { said: '{% $states.result.Payload %}' },
      },
      { input: { q: 1 }, mock: { result: '{"Payload": "yes"}' }, inspectionLevel: 'TRACE' },
    );
    expect(answer).toEqual({
      status: 'SUCCEEDED',
      output: '"yes!"',
      inspectionData: {
        input: '{"q":1}',
        afterArguments: '{"FunctionName":"f","Payload":{"q":1}}',
        result: '{"Payload": "yes"}',
        variables: '{"said":"yes"}',
      },
    });
  });

  test('stands in for an integration that this world has not', async () => {
    const http = { ...jsonata, Type: 'Task', Resource: 'arn:aws:states:::apigateway:invoke' };
    expect(await testState(http, { mock: { result: '{"approval": true}' } })).toMatchObject({
      output: '{"approval": true}',
    });
    expect(await refusal(http, { roleArn: ROLE })).toContain('NOT_MODELLED_LOCALLY');
  });

  test('takes what such an integration would get from one expression', async () => {
    const http = { ...jsonata, Type: 'Task', Resource: 'arn:aws:states:::apigateway:invoke' };
    const answer = await testState(
      { ...http, Arguments: '{% {"Path": $states.input.path} %}' },
      { input: { path: '/a' }, mock: { result: '{}' }, inspectionLevel: 'DEBUG' },
    );
    expect(answer).toMatchObject({ inspectionData: { afterArguments: '{"Path":"/a"}' } });
  });

  test.each([
    [0, 'RETRIABLE', { retryIndex: 1, retryBackoffIntervalSeconds: 2 }],
    [2, 'RETRIABLE', { retryIndex: 1, retryBackoffIntervalSeconds: 5 }],
    [3, 'CAUGHT_ERROR', { retryIndex: 1, catchIndex: 0 }],
  ])('is an error after %i retries: %s', async (retrierRetryCount, status, errorDetails) => {
    const state = {
      ...invoke,
      Retry: [
        { ErrorEquals: ['Other'] },
        {
          ErrorEquals: ['MockException'],
          IntervalSeconds: 2,
          MaxAttempts: 3,
          BackoffRate: 2,
          MaxDelaySeconds: 5,
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'No' }],
    };
    const answer = await testState(state, {
      mock: MOCK_ERROR,
      stateConfiguration: { retrierRetryCount },
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({ status, error: 'MockException', inspectionData: { errorDetails } });
    expect(answer.nextState).toBe(status === 'CAUGHT_ERROR' ? 'No' : undefined);
  });

  test('fails a state that nothing recovers', async () => {
    expect(await testState(invoke, { mock: MOCK_ERROR })).toEqual({
      status: 'FAILED',
      error: 'MockException',
      cause: 'It was told to.',
    });
  });

  test('sees the context that is given', async () => {
    const state = { ...invoke, Output: '{% $states.context.Execution.Name %}' };
    const context = JSON.stringify({ Execution: { Name: 'mine' } });
    expect(await testState(state, { context, mock: { result: '{}' } })).toMatchObject({ output: '"mine"' });
  });

  test.each<[string, object]>([
    ["'Map' field is not supported when mocking a Context object", { Map: {} }],
    ["Field 'pokemon' is not allowed", { Execution: { pokemon: 'squirtle' } }],
    ["Field 'Pokedex' is not allowed", { Pokedex: {} }],
    ['Execution.Id must be a string', { Execution: { Id: 1 } }],
    [
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
      { Task: { Token: 't' } },
    ],
  ])('is not given a context where %s', async (message, context) => {
    expect(await refusal(invoke, { context: JSON.stringify(context), mock: { result: '{}' } })).toBe(
      `ValidationException: Invalid Context object provided: ${message}`,
    );
  });
});

describe('A mock is refused', () => {
  const task = (resource: string) => ({
    ...jsonata,
    Type: 'Task',
    Resource: `arn:aws:states:::${resource}`,
    Arguments: '{% $states.input %}',
  });

  test.each<[string, object, Record<string, unknown>, string]>([
    [
      'by states that do no work',
      { ...jsonata, Type: 'Pass' },
      { mock: { result: '{}' } },
      "State type 'Pass' is not supported when a mock is specified",
    ],
    [
      'as both a result and an error',
      invoke,
      { mock: { result: '{}', ...MOCK_ERROR } },
      'A test mock should have only one of the following fields: [result, errorOutput].',
    ],
    [
      'together with secrets',
      invoke,
      { mock: { result: '{}' }, revealSecrets: true },
      'TestState does not support RevealSecrets when a mock is specified.',
    ],
    [
      'as no JSON, even unchecked',
      invoke,
      { mock: { result: 'no', fieldValidationMode: 'NONE' } },
      'Mocked result must be valid JSON',
    ],
    ['as no array of a Map', map(), { mock: { result: '{}' } }, 'Mocked result must be an array.'],
    [
      'as no object of a Map that writes its results',
      map({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b' } } }),
      { mock: { result: '[]' } },
      'Mocked result must be a JSON object.',
    ],
    ['as no array of a Parallel', parallel, { mock: { result: '{}' } }, 'Mocked result must be an array.'],
    [
      'as too few branches',
      parallel,
      { mock: { result: '[1]' } },
      'Mocked result must contain the same number of items as number of Parallel branches.',
    ],
    [
      'of fewer items than are to fail',
      map(),
      { input: [1], mock: { result: '[1]' }, stateConfiguration: { mapIterationFailureCount: 2 } },
      'Map iteration failure count must be less than or equal to the number of Map iterations',
    ],
    [
      'where it is needed and missing',
      map(),
      { stateConfiguration: { mapIterationFailureCount: 0 } },
      'TestState does not support MapIterationFailureCount when a mock is not specified.',
    ],
  ])('%s', async (_, state, more, message) => {
    expect(await refusal(state, more)).toBe(`ValidationException: ${message}`);
  });

  test.each<[string, unknown, string]>([
    ['events:putEvents', { Entries: 'none' }, "Field 'Entries' must be an array"],
    [
      'events:putEvents',
      { Entries: [{ EventId: 'e' }, { EventId: [] }] },
      "Field 'EventId' must be a string",
    ],
    ['states:startExecution', {}, "Required field 'ExecutionArn' is missing"],
    [
      'states:startExecution',
      { executionArn: 'a', startDate: 'b' },
      "Required field 'ExecutionArn' is missing",
    ],
    ['states:startExecution', { ExecutionArn: 'a', StartDate: 1 }, "Field 'StartDate' must be a string"],
    ['lambda:invoke', { StatusCode: '200' }, "Field 'StatusCode' must be a number"],
    ['aws-sdk:s3:getObject', { StorageClass: 'Papyrus' }, "Field 'StorageClass' is not an expected value"],
    [
      'aws-sdk:lambda:getFunction',
      { Configuration: { MemorySize: 127 } },
      "Field 'MemorySize' is less than the minimum value",
    ],
    [
      'aws-sdk:lambda:getFunction',
      { Configuration: { MemorySize: 32_769_000 } },
      "Field 'MemorySize' exceeds the maximum value",
    ],
    ['sagemaker:createTrainingJob.sync', {}, "Required field 'TrainingJobName' is missing"],
    ['states:startExecution.sync', { Output: {} }, "Required field 'ExecutionArn' is missing"],
  ])('of %s as %j', async (resource, result, message) => {
    expect(await refusal(task(resource), { mock: { result: JSON.stringify(result) } })).toBe(
      `ValidationException: Mock result schema validation error: ${message}`,
    );
  });

  test('for missing fields only when it is to be strict, and for nothing when it is not to be checked', async () => {
    const mode = (result: object, fieldValidationMode: string) =>
      refusal(task('states:startExecution'), {
        mock: { result: JSON.stringify(result), fieldValidationMode },
      });
    expect(await mode({}, 'PRESENT')).toBe('accepted');
    expect(await mode({ StartDate: true }, 'PRESENT')).toContain("Field 'StartDate' must be a string");
    expect(await mode({ StartDate: true }, 'NONE')).toBe('accepted');
  });
});

describe('A Map', () => {
  test('is asked for a mock', async () => {
    expect(await refusal(map())).toBe(
      'InvalidDefinition: TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  });

  test('shows its limits and what its children would get', async () => {
    const state = map({
      MaxConcurrency: '{% 2 %}',
      ToleratedFailurePercentage: 50,
      ItemSelector: { n: '{% $states.context.Map.Item.Value %}' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
    });
    const answer = await testState(state, {
      input: [1, 2, 3],
      mock: { result: '[1, 4, 9]' },
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toEqual({
      status: 'SUCCEEDED',
      output: '[1, 4, 9]',
      inspectionData: {
        input: '[1,2,3]',
        afterItemSelector: '[{"n":1},{"n":2},{"n":3}]',
        afterItemBatcher: '[{"Items":[{"n":1},{"n":2}]},{"Items":[{"n":3}]}]',
        maxConcurrency: 2,
        toleratedFailurePercentage: 50,
      },
    });
  });

  test.each([
    [{ ToleratedFailureCount: 1 }, 1, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, 2, 'FAILED'],
    [{ ToleratedFailurePercentage: 50 }, 2, 'FAILED'],
    [{}, 2, 'SUCCEEDED'],
  ])('with %j and %i failures has %s', async (more, mapIterationFailureCount, status) => {
    const answer = await testState(map(more), {
      input: [1, 2, 3],
      mock: { result: '[0, 0, 1]' },
      stateConfiguration: { mapIterationFailureCount },
    });
    expect(answer.status).toBe(status);
    expect(answer.error).toBe(status === 'FAILED' ? 'States.ExceedToleratedFailureThreshold' : undefined);
  });

  test.each([
    ['a distributed Map', {}, 'SUCCEEDED'],
    [
      'no inline Map',
      { ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } } },
      'FAILED',
    ],
  ])('as %s goes over an object', async (_which, more, status) => {
    const answer = await testState(map(more), { input: { a: 1 }, mock: { result: '[1]' } });
    expect(answer.status).toBe(status);
  });

  test('reads its items from what stands in for its reader', async () => {
    const state = map({
      Items: undefined,
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' } },
      ItemSelector: '{% $states.context.Map.Item.Value * 2 %}',
    });
    const { inspectionData } = await testState(state, {
      mock: { result: '[]' },
      stateConfiguration: { mapItemReaderData: '[1, 2]' },
      inspectionLevel: 'DEBUG',
    });
    expect(inspectionData).toMatchObject({ afterItemSelector: '[2,4]' });
  });
});
