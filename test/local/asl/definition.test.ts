import { end, invoke, machine, map, only, pass, refusal, STANDARD_CHILDREN } from './support/refusal.ts';

describe('What AWS refuses', () => {
  test.each<[string, unknown, string]>([
    ['no object', '[]', 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null'],
    ['nothing but space', ' ', 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null'],
    [
      'no JSON',
      'not a definition',
      `INVALID_JSON_DESCRIPTION: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)"not a definition"; line: 1, column: 4] at [Source: (String)"not a definition"; line: 1, column: 4]`,
    ],
    [
      'one that is nested too deeply to be read',
      '['.repeat(1_001),
      'INVALID_JSON_DESCRIPTION: Document nesting depth exceeds the maximum allowed (1000) at null',
    ],
    ['no states', { StartAt: 'A' }, 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'],
    ['nothing', {}, 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'],
  ])('as a definition: %s', (_, definition, message) => {
    expect(refusal(definition)).toBe(message);
  });

  test.each<[string, object, string]>([
    [
      'an unknown type',
      { Type: 'Loop' },
      "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type",
    ],
    ['no type', end, 'These fields are required: [Type] at /States/A'],
    ['an unknown field', { ...pass, Colour: 'red' }, "Field 'Colour' is not supported at /States/A"],
    [
      'a JSONPath field',
      { ...pass, ResultPath: '$' },
      "The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
    ],
    [
      'a JSONPath state',
      { ...pass, QueryLanguage: 'JSONPath' },
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
    ],
    [
      'another query language',
      { ...pass, QueryLanguage: 'SQL' },
      'Value should be one of the following: [JSONPath, JSONata] at /States/A/QueryLanguage',
    ],
    ['Catch on Pass', { ...pass, Catch: [] }, "Field 'Catch' is not supported at /States/A"],
    [
      'neither Next nor End',
      { Type: 'Pass' },
      'This object should have only one of the following fields: [Next, End] at /States/A',
    ],
    [
      'Next and End',
      { ...pass, Next: 'A' },
      'There should only be one of the following fields: [Next, End] at /States/A',
    ],
    ['a number for a text', { ...pass, Comment: 1 }, 'Expected value of type [STRING] at /States/A/Comment'],
    [
      'a text for a number',
      { Type: 'Wait', Seconds: '5', ...end },
      'Expected value of type Integer at /States/A/Seconds',
    ],
    [
      'a wait without an end',
      { Type: 'Wait', ...end },
      'This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/A',
    ],
    [
      'a wait that is too long',
      { Type: 'Wait', Seconds: 100_000_000, ...end },
      'Maximum value is 99999999 at /States/A/Seconds',
    ],
    [
      'a moment without a zone',
      { Type: 'Wait', Timestamp: '2026-12-05T21:29:29', ...end },
      'String does not match RFC3339 timestamp at /States/A/Timestamp',
    ],
    [
      'a moment that no calendar has',
      { Type: 'Wait', Timestamp: '2026-02-30T12:00:00Z', ...end },
      'String does not match RFC3339 timestamp at /States/A/Timestamp',
    ],
    ['no choices', { Type: 'Choice', Choices: [] }, 'Value cannot be empty at /States/A/Choices'],
    [
      'a rule without Next',
      { Type: 'Choice', Choices: [{ Condition: '{% true %}' }] },
      'These fields are required: [Next] at /States/A/Choices[0]',
    ],
    [
      'a rule without Condition',
      { Type: 'Choice', Choices: [{ Next: 'A' }] },
      'The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/A/Choices[0]',
    ],
    [
      'a JSONPath rule',
      { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'A' }] },
      "field 'Variable' is only supported for the 'JSONPath' QueryLanguage at /States/A/Choices[0]",
    ],
    [
      'no branches',
      { Type: 'Parallel', Branches: [], ...end },
      'Value cannot be empty at /States/A/Branches',
    ],
    [
      'States.ALL among others',
      { ...invoke, Retry: [{ ErrorEquals: ['X', 'States.ALL'] }] },
      'States.ALL must appear alone and at end of list at /States/A/Retry[0]/ErrorEquals[1]',
    ],
    [
      'an empty list of errors',
      { ...invoke, Catch: [{ ErrorEquals: [], Next: 'A' }] },
      'Value cannot be empty at /States/A/Catch[0]/ErrorEquals',
    ],
    [
      'a retry that speeds up',
      { ...invoke, Retry: [{ ErrorEquals: ['X'], BackoffRate: 0.5 }] },
      'Minimum value is 1.0 at /States/A/Retry[0]/BackoffRate',
    ],
    [
      'another jitter',
      { ...invoke, Retry: [{ ErrorEquals: ['X'], JitterStrategy: 'SOME' }] },
      'Value should be one of the following: [NONE, FULL] at /States/A/Retry[0]/JitterStrategy',
    ],
    [
      'credentials without a role',
      { ...invoke, Credentials: {} },
      "The field 'RoleArn' is required but was missing at /States/A/Credentials",
    ],
  ])('in a state: %s', (_, state, message) => {
    expect(refusal(only(state))).toContain(`SCHEMA_VALIDATION_FAILED: `);
    expect(refusal(only(state))).toContain(message);
  });

  test.each([
    ['1 +', 'INVALID_JSONATA_EXPRESSION: Unexpected end of expression'],
    ['a[1,2)', 'INVALID_JSONATA_EXPRESSION: Expected "]", got ","'],
    ['"unterminated', 'INVALID_JSONATA_EXPRESSION: String literal must be terminated by a matching quote'],
    ['{"a":}', 'INVALID_JSONATA_EXPRESSION: The symbol "}" cannot be used as a unary operator'],
    ['$match("a", /abc', 'INVALID_JSONATA_EXPRESSION: No terminating / in regular expression'],
    ['phone.home', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported."],
    ['$', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported."],
    ['$$.a', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported."],
    ['$states.result', "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist."],
    ['$states.errorOutput', "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist."],
  ])('in an expression: %s', (source, message) => {
    expect(refusal(only({ ...pass, Output: { v: `{% ${source} %}` } }))).toBe(
      `${message} at /States/A/Output/v`,
    );
  });

  test('an expression that is not marked at its end', () => {
    expect(refusal(only({ ...pass, Output: '{% 1' }))).toBe(
      'SCHEMA_VALIDATION_FAILED: JSONata string must start with {% and end with %} at /States/A/Output',
    );
  });

  test.each<[string, unknown, string]>([
    [
      'a missing target',
      machine({ A: { Type: 'Pass', Next: 'B' } }),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null",
    ],
    [
      'a missing start',
      machine({ A: pass }, { StartAt: 'Z' }),
      `MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /StartAt, MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A`,
    ],
    [
      'an unreachable state',
      machine({ A: pass, B: pass }),
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
    ],
    [
      'no end, which says enough',
      machine({
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Pass', Next: 'A' },
        C: { Type: 'Pass', Next: 'A' },
      }),
      'MISSING_END_STATE: Workflow has no terminal state at null',
    ],
    [
      'one name twice, wherever',
      only(
        map({}, undefined, { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: pass } }], ...end }),
      ),
      'DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/ItemProcessor/States/I/Branches[0]/States/A',
    ],
  ])('between states: %s', (_, definition, message) => {
    expect(refusal(definition)).toBe(message);
  });

  test('a loop in a branch is no fault: the end is asked of the machine alone', () => {
    const loop = { StartAt: 'X', States: { X: { Type: 'Pass', Next: 'Y' }, Y: { Type: 'Pass', Next: 'X' } } };
    expect(refusal(only({ Type: 'Parallel', Branches: [loop], ...end }))).toBe('accepted');
  });

  test.each([
    ['states', "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'."],
    [
      '1st',
      "INVALID_VARIABLE_NAME: Invalid variable name '1st': the variable name contains invalid characters.",
    ],
  ])('a variable called %s', (name, message) => {
    expect(refusal(only({ ...pass, Assign: { [name]: 1 } }))).toBe(`${message} at /States/A/Assign/${name}`);
  });

  test('an outer variable’s name inside, except where nothing outer is seen', () => {
    const inner = { ...pass, Assign: { x: 2 } };
    const around = (state: object) => machine({ A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' }, B: state });
    expect(
      refusal(around({ Type: 'Parallel', Branches: [{ StartAt: 'C', States: { C: inner } }], ...end })),
    ).toContain(
      "Variable 'x' is already assigned in an outer scope at /States/B/Branches[0]/States/C/Assign/x",
    );
    expect(refusal(around(map({}, STANDARD_CHILDREN, inner)))).toBe('accepted');
  });
});

describe('What only this world refuses', () => {
  test('JSONPath, and says that AWS does not', () => {
    expect(refusal({ StartAt: 'A', States: { A: pass } })).toBe(
      'NOT_MODELLED_LOCALLY: A state in the query language JSONPath (set "QueryLanguage": "JSONata") is valid at AWS but not modelled in this local world; docs/fidelity.md lists what is. at /States/A',
    );
  });

  test('and leaves to AWS’s words what AWS refuses in JSONPath', () => {
    expect(refusal({ StartAt: 'A', States: { A: { ...pass, Output: 1 } } })).toBe(
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A",
    );
  });
});

test('names every fault of a definition at once', () => {
  expect(
    refusal(machine({ A: { ...pass, X: 1 }, B: { ...pass, Y: 1 } })).match(/is not supported/g),
  ).toHaveLength(2);
});

test('allows field names in a context of their own, and names that a Parallel itself assigns', () => {
  expect(refusal(only({ ...pass, Output: '{% $states.input.items[s = "ok"].{"v": v, "self": $} %}' }))).toBe(
    'accepted',
  );
  const branch = { StartAt: 'C', States: { C: { ...pass, Assign: { x: 2 } } } };
  expect(refusal(machine({ B: { Type: 'Parallel', Branches: [branch], Assign: { x: 1 }, ...end } }))).toBe(
    'accepted',
  );
});
