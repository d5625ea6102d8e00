import { golden } from './support/golden.ts';
import { ROLE, SmallWorld } from './support/small-world.ts';

/** A Choice in JSONata among states that stand under JSONPath. */
const mixed = (yes: object) => ({
  StartAt: 'Remember',
  States: {
    Remember: { Type: 'Pass', Assign: { limit: 3 }, Next: 'Enough?' },
    'Enough?': {
      Type: 'Choice',
      QueryLanguage: 'JSONata',
      Choices: [{ Condition: '{% $states.input.n >= $limit %}', Next: 'Yes' }],
      Default: 'No',
    },
    Yes: yes,
    No: { Type: 'Fail', Cause: 'too few' },
  },
});

const create = (definition: object) => {
  const world = new SmallWorld();
  return { world, ...world.states.createStateMachine({ name: 'both', roleArn: ROLE, definition }) };
};

describe('a machine in both query languages', () => {
  test('runs when its JSONPath states use nothing of JSONPath', async () => {
    const { world, arn } = create(mixed({ Type: 'Succeed' }));
    const ended = await world.ended(world.start(arn, { n: 2 }));

    expect(golden(ended.view.history)).toEqual([
      '0s 1<0 ExecutionStarted { input: { n: 2 } }',
      "0s 2<0 PassStateEntered { name: 'Remember', input: { n: 2 } }",
      "0s 3<2 PassStateExited { name: 'Remember', output: { n: 2 }, assignedVariables: { limit: '3' } }",
      "0s 4<3 ChoiceStateEntered { name: 'Enough?', input: { n: 2 } }",
      "0s 5<4 ChoiceStateExited { name: 'Enough?', output: { n: 2 } }",
      "0s 6<5 FailStateEntered { name: 'No', input: { n: 2 } }",
      "0s 7<6 ExecutionFailed { cause: 'too few' }",
    ]);
  });

  test.each([
    ['a path', { Type: 'Pass', InputPath: '$.n', End: true }],
    ['a result of its own', { Type: 'Pass', Result: 1, End: true }],
    ['a variable from a path', { Type: 'Pass', Assign: { 'n.$': '$.n' }, End: true }],
    ['a time from a path', { Type: 'Wait', SecondsPath: '$.n', End: true }],
    ['a text that JSONata would evaluate', { Type: 'Fail', Cause: '{% 1 %}' }],
    ['a task', { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: {}, End: true }],
  ])('is refused when one of them has %s', (_, state) => {
    expect(() => create(mixed(state))).toThrow(/JSONPath.*\/States\/Yes/);
  });
});

test('a machine all in JSONPath is refused, however plain', () => {
  expect(() => create({ StartAt: 'Only', States: { Only: { Type: 'Succeed' } } })).toThrow(
    'set "QueryLanguage": "JSONata"',
  );
});
