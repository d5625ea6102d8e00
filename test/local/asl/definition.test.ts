import type { AwsError } from '../../../local/aws-error.ts';
import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const pass = { Type: 'Pass', ...end };

function refusal(definition: unknown, type?: string): string {
  try {
    new SmallWorld().call('CreateStateMachine', {
      name: 'm',
      roleArn: 'arn:aws:iam::123456789012:role/m',
      definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
      type,
    });
    return 'accepted';
  } catch (error) {
    expect((error as AwsError).code).toBe('InvalidDefinition');
    return (error as AwsError).message.replace(/^Invalid State Machine Definition: '(.*)'$/s, '$1');
  }
}

const machine = (States: Record<string, object>, more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(States)[0],
  States,
  ...more,
});

test.each<[string, unknown, string]>([
  ['no object', '[]', 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null'],
  ['no JSON', 'not a definition', "INVALID_JSON_DESCRIPTION: Unrecognized token 'not'"],
  ['no states', { StartAt: 'A' }, 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'],
  ['nothing', {}, 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'],
  [
    'an unknown type',
    machine({ A: { Type: 'Loop' } }),
    "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type",
  ],
  [
    'an unknown field',
    machine({ A: { ...pass, Colour: 'red' } }),
    "SCHEMA_VALIDATION_FAILED: Field 'Colour' is not supported at /States/A",
  ],
  [
    'a JSONPath field',
    machine({ A: { ...pass, ResultPath: '$' } }),
    "The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
  ],
  [
    'a JSONPath machine',
    { StartAt: 'A', States: { A: pass } },
    `NOT_MODELLED_LOCALLY: QueryLanguage 'JSONPath' (set "QueryLanguage": "JSONata") is not modelled yet by the local world at /States/A`,
  ],
  [
    'a JSONPath state',
    machine({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
  ],
  ['Catch on Pass', machine({ A: { ...pass, Catch: [] } }), "Field 'Catch' is not supported at /States/A"],
  [
    'neither Next nor End',
    machine({ A: { Type: 'Pass' } }),
    "Exactly one of the fields 'Next' and 'End' is required at /States/A",
  ],
  [
    'a wrong type',
    machine({ A: { ...pass, Comment: 1 } }),
    'Expected value of type String at /States/A/Comment',
  ],
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
    'no end',
    machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }),
    'MISSING_END_STATE: Workflow has no terminal state at null',
  ],
  [
    'a rule without Next',
    machine({ A: { Type: 'Choice', Choices: [{ Condition: '{% true %}' }], Default: 'B' }, B: pass }),
    'These fields are required: [Next] at /States/A/Choices[0]',
  ],
  [
    'broken JSONata',
    machine({ A: { ...pass, Output: { v: '{% 1 + %}' } } }),
    'INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/A/Output/v',
  ],
  [
    'a bare field',
    machine({ A: { ...pass, Output: { v: '{% phone.home %}' } } }),
    "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/A/Output/v",
  ],
  [
    'a bare $',
    machine({ A: { ...pass, Output: '{% $ %}' } }),
    "Reference to '$' at the top level is not supported. at /States/A/Output",
  ],
  [
    '$$',
    machine({ A: { ...pass, Output: '{% $$.a %}' } }),
    "Reference to '$$' at the top level is not supported.",
  ],
  [
    'result where there is none',
    machine({ A: { ...pass, Output: '{% $states.result %}' } }),
    "Reference to '$states.result' is not supported",
  ],
  [
    'errorOutput outside Catch',
    machine({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Output: '{% $states.errorOutput %}',
        ...end,
      },
    }),
    "Reference to '$states.errorOutput' is not supported",
  ],
  [
    'an unknown resource',
    machine({ A: { Type: 'Task', Resource: 'arn:aws:states:::sagemaker:createModel.sync', ...end } }),
    'The resource provided arn:aws:states:::sagemaker:createModel.sync is not recognized.',
  ],
  [
    'a distributed Map',
    machine({
      A: {
        Type: 'Map',
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: pass } },
        ...end,
      },
    }),
    'NOT_MODELLED_LOCALLY: A distributed Map is not modelled yet by the local world at /States/A/ItemProcessor/ProcessorConfig',
  ],
  [
    'States.ALL among others',
    machine({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Retry: [{ ErrorEquals: ['X', 'States.ALL'] }],
        ...end,
      },
    }),
    'States.ALL must appear alone and at end of list at /States/A/Retry[0]/ErrorEquals',
  ],
  [
    'a retry out of range',
    machine({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Retry: [{ ErrorEquals: ['X'], BackoffRate: 0.5 }],
        ...end,
      },
    }),
    'at /States/A/Retry[0]/BackoffRate',
  ],
  [
    'an outer name inside',
    machine({
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
      B: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'C', States: { C: { ...pass, Assign: { x: 2 } } } }],
        ...end,
      },
    }),
    "Variable 'x' is already assigned in an outer scope at /States/B/Branches[0]/States/C/Assign/x",
  ],
])('refuses %s', (_, definition, message) => {
  expect(refusal(definition)).toContain(message);
});

test('refuses callbacks and jobs in Express machines', () => {
  const task = (resource: string) =>
    machine({ A: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, ...end } });
  expect(refusal(task('sqs:sendMessage.waitForTaskToken'), 'EXPRESS')).toBe(
    "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration  at /States/A/Resource",
  );
  expect(refusal(task('states:startExecution.sync:2'), 'EXPRESS')).toContain(
    "does not support '.sync' service integration",
  );
});

test('names every fault of a definition at once', () => {
  expect(
    refusal(machine({ A: { ...pass, X: 1 }, B: { ...pass, Y: 1 } })).match(/is not supported/g),
  ).toHaveLength(2);
});

test('allows field names in a context of their own, and names that a Parallel itself assigns', () => {
  expect(
    refusal(machine({ A: { ...pass, Output: '{% $states.input.items[s = "ok"].{"v": v, "self": $} %}' } })),
  ).toBe('accepted');
  const branch = { StartAt: 'C', States: { C: { ...pass, Assign: { x: 2 } } } };
  expect(refusal(machine({ B: { Type: 'Parallel', Branches: [branch], Assign: { x: 1 }, ...end } }))).toBe(
    'accepted',
  );
});
