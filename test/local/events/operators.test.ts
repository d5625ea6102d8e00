import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../../local/services/events/pattern/pattern.ts';

/** Stands for a field that is not in the event at all. */
const ABSENT = Symbol('absent');

const matches = (condition: unknown, value: unknown): boolean => {
  const event = value === ABSENT ? { other: 1 } : { a: value, other: 1 };
  return compilePattern(JSON.stringify({ a: [condition] }))(event);
};

/** What an operator takes, what it refuses. Arrays stand for a field with several values: one is enough. */
const operators: Record<string, readonly { is: unknown; yes: readonly unknown[]; no: readonly unknown[] }[]> =
  {
    'an exact value': [
      { is: 'x', yes: ['x', ['y', 'x']], no: ['X', 'x ', 'xx', '', ['y'], [], ABSENT] },
      { is: '', yes: ['', ['']], no: [' ', null, ABSENT] },
      { is: '1', yes: ['1'], no: [1, ABSENT] },
      { is: 1, yes: [1, 1.0, [0, 1]], no: ['1', true, 10, ABSENT] },
      { is: 1.5e3, yes: [1500], no: [150, '1500', '1.5e3'] },
      { is: -0.1, yes: [-0.1], no: [0.1, 0] },
      { is: true, yes: [true], no: ['true', 1, false, ABSENT] },
      { is: null, yes: [null, [null]], no: ['null', '', 0, false, ABSENT] },
      { is: 'ünï😀', yes: ['ünï😀'], no: ['uni'] },
      { is: { exactly: 'x' }, yes: ['x'], no: ['xx', 1] },
    ],
    prefix: [
      {
        is: { prefix: 'in/' },
        yes: ['in/', 'in/a', ['out/', 'in/']],
        no: ['In/', 'i', ' in/', 1, null, ABSENT],
      },
      { is: { prefix: '' }, yes: ['', 'a'], no: [1, null, ABSENT] },
      { is: { prefix: { 'equals-ignore-case': 'IN/' } }, yes: ['in/a', 'In/'], no: ['i', 'xin/', ABSENT] },
    ],
    suffix: [
      {
        is: { suffix: '.csv' },
        yes: ['.csv', 'a.csv', ['a', 'b.csv']],
        no: ['.CSV', 'csv', 'a.csv ', 1, ABSENT],
      },
      { is: { suffix: { 'equals-ignore-case': '.CSV' } }, yes: ['a.csv', 'A.Csv'], no: ['a.cs', ABSENT] },
    ],
    'equals-ignore-case': [
      {
        is: { 'equals-ignore-case': 'Approved' },
        yes: ['approved', 'APPROVED', 'Approved', ['x', 'aPPROVED']],
        no: ['approve', 'approved ', 1, null, ABSENT],
      },
    ],
    wildcard: [
      {
        is: { wildcard: 'in/*/t*.csv' },
        yes: ['in/a/t.csv', 'in/a/b/train.csv', 'in//t.csv'],
        no: ['in/t.csv', 'in/a/x.csv', 'in/a/t.csv2', 'IN/a/t.csv', ABSENT],
      },
      { is: { wildcard: '*' }, yes: ['', 'anything'], no: [1, null, ABSENT] },
      { is: { wildcard: '*.csv' }, yes: ['.csv', 'a.csv'], no: ['csv', 'a.csv.gz'] },
      { is: { wildcard: 'aba*aba' }, yes: ['abaaba', 'abaxaba'], no: ['aba', 'ababa'] },
      { is: { wildcard: 'a\\*b' }, yes: ['a*b'], no: ['axb', 'a\\*b'] },
      { is: { wildcard: 'a\\\\*' }, yes: ['a\\', 'a\\b'], no: ['a', 'ab'] },
      { is: { wildcard: 'plain' }, yes: ['plain'], no: ['plains'] },
    ],
    numeric: [
      { is: { numeric: ['=', 3] }, yes: [3, 3.0, [1, 3]], no: ['3', 3.000001, -3, null, ABSENT] },
      { is: { numeric: ['>', 0] }, yes: [1, 1e-6, 5e9], no: [0, -1, '1', ABSENT] },
      { is: { numeric: ['>=', 0] }, yes: [0, 1], no: [-1e-6] },
      { is: { numeric: ['<', 0] }, yes: [-1, -5e9], no: [0, 1] },
      { is: { numeric: ['<=', 0] }, yes: [0, -1], no: [1e-6] },
      { is: { numeric: ['>', 0, '<', 10] }, yes: [5, 9.99], no: [0, 10, '5'] },
      { is: { numeric: ['>=', 0, '<=', 10] }, yes: [0, 10], no: [-0.1, 10.1] },
      { is: { numeric: ['>', -10, '<=', -1] }, yes: [-1, -9], no: [-10, 0] },
    ],
    exists: [
      { is: { exists: true }, yes: ['x', '', 0, false, null, ['x'], [null]], no: [[], {}, { b: 1 }, ABSENT] },
      { is: { exists: false }, yes: [ABSENT, [], {}, { b: 1 }], no: ['x', '', null, ['x']] },
    ],
    'anything-but': [
      { is: { 'anything-but': 'x' }, yes: ['y', '', 1, null, true, ['x', 'y']], no: ['x', ['x'], ABSENT] },
      { is: { 'anything-but': ['x', 'y'] }, yes: ['z', 'X'], no: ['x', 'y', ABSENT] },
      { is: { 'anything-but': 1 }, yes: [2, '1'], no: [1, 1.0, ABSENT] },
      { is: { 'anything-but': [1, 2] }, yes: [3], no: [1, 2] },
      { is: { 'anything-but': { prefix: 'in/' } }, yes: ['out/', 'IN/'], no: ['in/a', ABSENT] },
      { is: { 'anything-but': { prefix: ['a', 'b'] } }, yes: ['c'], no: ['ax', 'bx'] },
      { is: { 'anything-but': { suffix: '.tmp' } }, yes: ['a.csv', '.tmp.csv'], no: ['a.tmp', ABSENT] },
      { is: { 'anything-but': { suffix: ['.tmp', '.bak'] } }, yes: ['a.csv'], no: ['a.tmp', 'a.bak'] },
      { is: { 'anything-but': { 'equals-ignore-case': 'x' } }, yes: ['y', 'xx'], no: ['x', 'X', ABSENT] },
      { is: { 'anything-but': { 'equals-ignore-case': ['x', 'y'] } }, yes: ['z'], no: ['X', 'Y'] },
      { is: { 'anything-but': { wildcard: '*/tmp/*' } }, yes: ['a/b'], no: ['a/tmp/b', '/tmp/', ABSENT] },
      { is: { 'anything-but': { wildcard: ['*.tmp', 'x*'] } }, yes: ['a.csv'], no: ['a.tmp', 'xyz'] },
    ],
    cidr: [
      {
        is: { cidr: '10.0.0.0/24' },
        yes: ['10.0.0.0', '10.0.0.255'],
        no: ['10.0.1.0', '9.255.255.255', 'x', 1, ABSENT],
      },
      { is: { cidr: '0.0.0.0/0' }, yes: ['255.255.255.255'], no: ['::1', '256.0.0.1'] },
      { is: { cidr: '10.0.0.9/31' }, yes: ['10.0.0.8', '10.0.0.9'], no: ['10.0.0.10'] },
      {
        is: { cidr: '2001:db8::/32' },
        yes: ['2001:db8::1', '2001:0DB8:ffff::'],
        no: ['2001:db9::', '10.0.0.0', ABSENT],
      },
    ],
  };

describe.each(Object.entries(operators))('%s', (_name, cases) => {
  test.each(cases.flatMap(({ is, yes }) => yes.map((value) => [is, value] as const)))(
    '%j takes %p',
    (condition, value) => {
      expect(matches(condition, value)).toBe(true);
    },
  );

  test.each(cases.flatMap(({ is, no }) => no.map((value) => [is, value] as const)))(
    '%j leaves out %p',
    (condition, value) => {
      expect(matches(condition, value)).toBe(false);
    },
  );
});

test('several conditions on one field are alternatives, whatever their kinds', () => {
  const pattern = compilePattern(
    '{"a": [{"prefix": "in/"}, {"suffix": ".csv"}, {"exists": false}, 7, null]}',
  );

  expect(['in/x', 'x.csv', 7, null].every((a) => pattern({ a }))).toBe(true);
  expect(pattern({})).toBe(true);
  expect(['x', 8, false].some((a) => pattern({ a }))).toBe(false);
});

describe('$or', () => {
  const matched = (pattern: object, ...events: object[]) =>
    events.map(compilePattern(JSON.stringify(pattern)));

  test('wants one of its branches, and the fields beside it', () => {
    const pattern = { source: ['s'], $or: [{ a: [1] }, { b: [{ prefix: 'x' }], c: [2] }] };

    expect(
      matched(
        pattern,
        { source: 's', a: 1 },
        { source: 's', b: 'xy', c: 2 },
        { source: 's', b: 'xy' },
        { source: 't', a: 1 },
        { source: 's' },
      ),
    ).toEqual([true, true, false, false, false]);
  });

  test('stands at any level and in its own branches', () => {
    const pattern = { detail: { $or: [{ a: [1] }, { $or: [{ b: [1] }, { c: { d: [1] } }] }] } };

    expect(
      matched(pattern, { detail: { a: 1 } }, { detail: { b: 1 } }, { detail: { c: { d: 1 } } }, { a: 1 }),
    ).toEqual([true, true, true, false]);
  });

  test('is too complex beyond a thousand combinations', () => {
    const branches = (name: string) => Array.from({ length: 11 }, (_, index) => ({ [name]: [index] }));
    const nested = (...names: string[]): object =>
      Object.fromEntries(names.map((name) => [name, { $or: branches('x') }]));

    expect(() => compilePattern(JSON.stringify(nested('a', 'b')))).not.toThrow();
    expect(() => compilePattern(JSON.stringify(nested('a', 'b', 'c')))).toThrow(
      'Rule is too complex - try using fewer $or branches',
    );
  });
});

test('a pattern of a whole upload rule works as its author means it', () => {
  const pattern = compilePattern(
    JSON.stringify({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: ['drop'] },
        object: { key: [{ wildcard: 'incoming/*/train.csv' }], size: [{ numeric: ['>', 0] }] },
      },
    }),
  );
  const upload = (key: string, size: number) => ({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'drop' }, object: { key, size } },
  });

  expect(pattern(upload('incoming/2026/train.csv', 10))).toBe(true);
  expect(pattern(upload('incoming/2026/train.csv', 0))).toBe(false);
  expect(pattern(upload('incoming/2026/', 0))).toBe(false);
});
