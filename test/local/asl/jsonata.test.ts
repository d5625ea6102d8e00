import fc from 'fast-check';
import jsonata from 'jsonata';
import { compileFast } from '../../../local/asl/jsonata/fast.ts';
import { SLOW } from '../../../local/asl/jsonata/operators.ts';
import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const evaluate = (Output: unknown, input: unknown = {}) =>
  new SmallWorld().run({ Only: { Type: 'Pass', Output, ...end } }, input);
const causeOf = async (Output: unknown, input?: unknown) => {
  const { view } = await evaluate(Output, input);
  return view.cause?.replace(
    "An error occurred while executing the state 'Only' (entered at the event id #2). ",
    '',
  );
};

describe('expressions', () => {
  test('stand at any depth and are whole texts', async () => {
    const Output = { a: [{ b: '{% $states.input.n %}' }, ' {% $states.input.n %}', 'x{% 1 %}'], c: null };
    expect((await evaluate(Output, { n: 1 })).output).toEqual({
      a: [{ b: 1 }, ' {% $states.input.n %}', 'x{% 1 %}'],
      c: null,
    });
  });

  test.each([
    ['{% $states.input.maybe %}', 'Output'],
    [{ a: { b: '{% $states.input.maybe %}' } }, 'Output/a/b'],
    [{ list: [1, '{% $states.input.maybe %}'] }, 'Output/list[1]'],
  ])('give no nothing: %j', async (output, field) => {
    expect(await causeOf(output)).toBe(
      `The JSONata expression '$states.input.maybe' specified for the field '${field}' returned nothing (undefined).`,
    );
  });

  test('give a match without the function that looks for the next', async () => {
    expect((await evaluate('{% /b/("abc") %}')).output).toEqual({ match: 'b', start: 1, end: 2, groups: [] });
  });

  test('take lists longer than a call takes arguments', async () => {
    const numbers = new Array<number>(130_000).fill(1);
    expect((await evaluate('{% $max($states.input) + $min($states.input) %}', numbers)).output).toBe(2);
  });

  test('know the engine’s functions as values, too', async () => {
    expect((await evaluate('{% $exists($sum) %}')).output).toBe(true);
    expect((await evaluate('{% $map(["a", "b"], $uppercase) %}')).output).toEqual(['A', 'B']);
    expect(await causeOf('{% $sum %}')).toContain('returned an unsupported result type.');
    expect((await evaluate('{% $exists($nothing) %}')).output).toBe(false);
  });

  test('drop a member that is nothing inside an object of their own', async () => {
    expect((await evaluate("{% {'A': $states.input.maybe, 'B': 1} %}")).output).toEqual({ B: 1 });
  });

  test('fail with the engine’s code and words', async () => {
    expect(await causeOf('{% $eval("1+1") %}')).toBe(
      `The JSONata expression '$eval("1+1")' specified for the field 'Output' threw an error during evaluation. T1006: Attempted to invoke a non-function`,
    );
    expect(await causeOf('{% function($x){$x} %}')).toContain('returned an unsupported result type.');
    expect(await causeOf("{% {'f': [function($x){$x}]} %}")).toContain(
      'returned an unsupported result type.',
    );
    expect(await causeOf('{% $error("no good") %}')).toContain('D3137: no good');
  });

  test.each([
    ['$parse("{")', ': $parse was given a text that is no JSON: Unexpected end-of-input'],
    ['$parse("{a")', ": $parse was given a text that is no JSON: Unexpected character ('a' (code 97))"],
    ['$formatNumber(1, "x")', '. D3086: The sub-picture must not contain a passive character'],
    ['$formatNumber(1, "#.#.#")', '. D3081: The sub-picture must not contain more than one instance'],
    [
      '$pad("", 999999999999)',
      ': Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
  ])('fail without a word of the engine’s own language: %s', async (expression, words) => {
    expect(await causeOf(`{% ${expression} %}`)).toContain(`threw an error during evaluation${words}`);
  });

  test('end when they would never end', async () => {
    expect(await causeOf('{% ($f := function($x){ $f($x+1) }; $f(1)) %}')).toContain(
      'Check for infinite loop',
    );
  });

  test('unwrap a single hit and keep an array that is asked for', async () => {
    const input = {
      items: [
        { s: 'ok', v: 1 },
        { s: 'no', v: 2 },
      ],
    };
    const Output = {
      one: '{% $states.input.items[s="ok"].v %}',
      kept: '{% [$states.input.items[s="ok"].v] %}',
      none: '{% [$states.input.items[s="?"].v] %}',
    };
    expect((await evaluate(Output, input)).output).toEqual({ one: 1, kept: [1], none: [] });
  });

  test('keep a one-element array as such when it comes back from a variable', async () => {
    const ended = await new SmallWorld().run(
      {
        Keep: { Type: 'Pass', Assign: { hits: '{% $states.input.items[s="ok"][] %}' }, Next: 'Tell' },
        Tell: { Type: 'Pass', Output: { all: '{% $hits %}', count: '{% $count($hits) %}' }, ...end },
      },
      { items: [{ s: 'ok' }] },
    );
    expect(ended.output).toEqual({ all: [{ s: 'ok' }], count: 1 });
  });
});

describe('functions of Step Functions', () => {
  test.each<[string, unknown]>([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(1, 9, 4)', [1, 5, 9]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$hash("a", "SHA-256")', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ['$hash("a", "MD5")', '0cc175b9c0f1b6a831c399e269772661'],
    [`$parse('{"a":[1]}').a`, [1]],
    ['$random(42) = $random(42)', true],
    ['$now()', '2026-03-02T09:00:00.000Z'],
    ['$now("[Y]-[M01]")', '2026-03'],
    ['$millis()', Date.parse('2026-03-02T09:00:00Z')],
    ['$toMillis("10:30", "[H01]:[m01]")', Date.parse('2026-03-02T10:30:00Z')],
    ['$length($uuid())', 36],
  ])('%s', async (expression, value) => {
    expect((await evaluate(`{% ${expression} %}`)).output).toEqual(value);
  });

  test('chance comes from the seed', async () => {
    const Output = '{% [$random(), $uuid(), $shuffle([1..9])] %}';
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map(
        async (seed) =>
          (await new SmallWorld({}, seed).run({ Only: { Type: 'Pass', Output, ...end } })).output,
      ),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('$states.context', () => {
  test('tells of execution, machine and state', async () => {
    const { output, view } = await evaluate('{% $states.context %}', { n: 1 });
    expect(output).toEqual({
      Execution: {
        Id: view.arn,
        Input: { n: 1 },
        StartTime: '2026-03-02T09:00:00.000Z',
        Name: view.name,
        RoleArn: 'arn:aws:iam::123456789012:role/machine',
        RedriveCount: 0,
      },
      StateMachine: { Id: view.stateMachineArn, Name: view.machineName },
      State: { Name: 'Only', EnteredTime: '2026-03-02T09:00:00.000Z' },
    });
  });
});

describe('the short way', () => {
  const sources = [
    '$v.a.b',
    '$v',
    '$v.a = $w',
    '$v.a != $w.a',
    '$v.a < $w.a',
    '$v & $w',
    '$v.a & "-" & $w',
    '$v.a + $w * 2 - 1',
    '$v.a / $w',
    '$v and $w',
    '$v.a or $w.a',
    '$not($v)',
    '$exists($v.a)',
    '$string($v.a)',
    '$count($v)',
    "$v.a ? $w : 'no'",
    "{'k': $v.a, 'l': {'m': $w}}",
    '$v[0]',
    '$v[-1]',
    '$v[$w]',
    '$v.a[0]',
    '$v.a[0].b',
    '$v.a[$w].b',
    '$v[0].a.b',
    '[$v, $w]',
    '[$v.a, [$w], "x"]',
    '[$v.a ? [$w] : []]',
    '$v in $w',
    '$v.a in ["x", 1, null, $w]',
    '($v.a)',
    '($v + 1) & "-" & $w',
    '$type($v.a)',
    '$floor($v / 2)',
    '$ceil($v.a)',
    '$min($v)',
    '$max([$v, $w, 3])',
    '$sum($v)',
    '$sum([$v.a, $w])',
    '$substring($v, 0, 2)',
    '$substring($v, $w, 1)',
    '$substring($v.a, 1, $w)',
    '$append($v, $w)',
    '$append([$v], [$w.a])',
    '$merge([$v, $w])',
    "$merge([$v, {'a': $w}])",
    '$merge($v)',
    '$string($v)',
    "$string({'v': $v, 'w': [$w]})",
    '$toMillis($v)',
    '$toMillis($v.a)',
    '$count([$v, $w.a])',
  ];

  test.each(sources)('%s answers as the engine does or leaves it to the engine', async (source) => {
    const fast = compileFast(jsonata(source).ast() as never)!;
    const engine = jsonata(source);
    const scalar = fc.oneof(
      fc.integer(),
      fc.integer({ min: -3, max: 3 }),
      fc.double(),
      fc.boolean(),
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constant(null),
      fc.constant(undefined),
    );
    const record = fc.record({
      a: fc.oneof(scalar, fc.record({ b: scalar }), fc.array(scalar), fc.array(fc.record({ b: scalar }))),
    });
    const value = fc.oneof(
      scalar,
      record,
      fc.array(scalar),
      fc.array(record),
      fc.array(fc.double({ noNaN: true })),
      fc.array(fc.array(scalar, { maxLength: 2 })),
    );
    await fc.assert(
      fc.asyncProperty(value, value, async (v, w) => {
        const variables: Record<string, unknown> = { v, w };
        const answer = fast((name) => variables[name], { now: () => 0 });
        if (answer === SLOW) return;
        expect(answer).toEqual(await engine.evaluate(undefined, variables));
      }),
      { numRuns: 200 },
    );
  });
});

describe('any JSON', () => {
  test('passes through states unchanged', async () => {
    const world = new SmallWorld();
    const arn = world.machine({
      Plain: { Type: 'Pass', Next: 'Said' },
      Said: { Type: 'Pass', Output: '{% $states.input %}', Next: 'Kept' },
      Kept: { Type: 'Pass', Assign: { kept: '{% $states.input %}' }, Output: 0, Next: 'Given' },
      Given: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Output: { v: '{% $kept %}' }, ...end } } }],
        ...end,
      },
    });
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 5 }), async (text) => {
        const { executionArn } = world.call('StartExecution', { stateMachineArn: arn, input: text }) as {
          executionArn: string;
        };
        // As texts, because JSON writes -0 as 0.
        expect((await world.ended(executionArn)).view.output).toBe(JSON.stringify([{ v: JSON.parse(text) }]));
      }),
      { numRuns: 100 },
    );
  });
});
