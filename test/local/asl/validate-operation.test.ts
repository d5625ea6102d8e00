import { SmallWorld } from './support/small-world.ts';

const pass = { Type: 'Pass', End: true };
const validate = (definition: unknown, more: object = {}) =>
  new SmallWorld().call('ValidateStateMachineDefinition', {
    definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
    ...more,
  });
const machine = (States: object) => ({ QueryLanguage: 'JSONata', StartAt: 'A', States });

test('a definition without a fault is OK', () => {
  expect(validate(machine({ A: pass }))).toEqual({ result: 'OK', diagnostics: [], truncated: false });
});

test('a fault has its severity, code, message and place', () => {
  expect(validate({})).toEqual({
    result: 'FAIL',
    diagnostics: [
      {
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        message: 'These fields are required: [States, StartAt]',
        location: '/',
      },
    ],
    truncated: false,
  });
});

test('a text that is no JSON is told where it ceases to be', () => {
  const location = '[Source: (String)"not a definition"; line: 1, column: 4]';
  expect(validate('not a definition')).toMatchObject({
    diagnostics: [
      {
        code: 'INVALID_JSON_DESCRIPTION',
        location,
        message: `Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at ${location}`,
      },
    ],
  });
});

test('nothing but space is no object, at no place', () => {
  expect(validate(' ')).toMatchObject({
    diagnostics: [{ message: 'Definition must be a valid JSON object', severity: 'ERROR' }],
  });
  expect((validate(' ') as { diagnostics: object[] }).diagnostics[0]).not.toHaveProperty('location');
});

test('a definition is judged for its type of machine', () => {
  const waits = machine({
    A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', End: true },
  });
  expect(validate(waits)).toMatchObject({ result: 'OK' });
  expect(validate(waits, { type: 'EXPRESS' })).toMatchObject({
    result: 'FAIL',
    diagnostics: [
      {
        message: "Express state machine does not support '.waitForTaskToken' service integration ",
        location: '/States/A/Resource',
      },
    ],
  });
});

test('so many diagnostics are told as were asked for, and 0 asks for no limit of its own', () => {
  const faulty = machine({ A: { ...pass, X: 1, Y: 2, Z: 3 } });
  const told = (maxResults: number) =>
    validate(faulty, { maxResults }) as { diagnostics: []; truncated: boolean };
  expect([told(2).diagnostics.length, told(2).truncated]).toEqual([2, true]);
  expect([told(0).diagnostics.length, told(0).truncated]).toEqual([3, false]);
});

test('asking for warnings too brings no more: AWS warns of JSONPath alone', () => {
  expect(validate(machine({ A: pass }), { severity: 'WARNING' })).toMatchObject({
    result: 'OK',
    diagnostics: [],
  });
});
