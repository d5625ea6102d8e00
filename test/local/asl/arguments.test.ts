import { golden } from './support/golden.ts';
import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const echo = { 'lambda:Invoke': ({ Payload }: { Payload: string }) => ({ StatusCode: 200, Payload }) };
const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
const catching = (error: string) => ({ Catch: [{ ErrorEquals: [error], Next: 'Handle' }] });

describe('arguments that only an expression gives', () => {
  const run = (input: unknown, recovery: object = catching('States.ALL')) =>
    new SmallWorld(echo).run(
      {
        Ask: { ...invoke, Arguments: '{% $states.input %}', ...recovery, ...end },
        Handle: { Type: 'Succeed' },
      },
      input,
    );

  test('are taken when the integration knows them', async () => {
    expect((await run({ FunctionName: 'f', Payload: 1 })).status).toBe('SUCCEEDED');
  });

  test.each([
    [
      { FunctionNam: 'f' },
      `The field "FunctionNam" is not supported by Step Functions., The field 'FunctionName' is required but was missing`,
    ],
    [{ FunctionName: 'f', payload: 1 }, 'The field "payload" is not supported by Step Functions.'],
    [[1], 'The arguments must be a JSON object'],
  ])('end the execution before anything is scheduled: %j', async (input, fault) => {
    const ended = await run(input);

    expect(golden(ended.view.history).slice(2)).toEqual([expect.stringMatching(/^0s 3<2 ExecutionFailed /)]);
    expect(ended.view.error).toBe('States.Runtime');
    expect(ended.view.cause).toBe(
      `An error occurred while executing the state 'Ask' (entered at the event id #2). The Arguments '${JSON.stringify(input)}' could not be used to start the Task: [${fault}]`,
    );
  });

  test('end it even where States.Runtime is named', async () => {
    const recovery = {
      Retry: [{ ErrorEquals: ['States.Runtime'] }],
      ...catching('States.Runtime'),
    };
    expect((await run({}, recovery)).status).toBe('FAILED');
  });
});

describe('a function’s payload', () => {
  const run = async (Payload: unknown) => {
    const world = new SmallWorld(echo);
    const ended = await world.run({
      Ask: {
        ...invoke,
        Arguments: { FunctionName: 'f', Payload },
        Output: '{% $states.result.Payload %}',
        ...end,
      },
    });
    return { sent: (world.calls[0]!.input as { Payload: string }).Payload, ended };
  };

  test('travels as JSON', async () => {
    const { sent, ended } = await run({ a: [1, null] });

    expect(sent).toBe('{"a":[1,null]}');
    expect(ended.output).toEqual({ a: [1, null] });
  });

  test('is taken for JSON text when it is a text', async () => {
    const { sent, ended } = await run('"hello"');

    expect(sent).toBe('"hello"');
    expect(ended.output).toBe('hello');
  });

  test('is an empty object when it is null', async () => {
    expect((await run(null)).sent).toBe('{}');
  });
});

describe('what a service takes as bytes', () => {
  test.each([
    ['text', '"text"'],
    [{ a: 1 }, '{"a":1}'],
    [[1], '[1]'],
    [false, 'false'],
    [0, '0'],
  ])('may be any JSON: %j', async (Body, sent) => {
    const world = new SmallWorld({ 's3:PutObject': {} });
    const Arguments = { Bucket: 'b', Key: 'k', Body };
    await world.run({
      Put: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:putObject', Arguments, ...end },
    });

    expect(world.calls[0]!.input).toMatchObject({ Body: sent });
  });
});
