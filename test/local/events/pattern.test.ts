import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../../local/services/events/pattern/pattern.ts';

const matches = (pattern: object, event: object): boolean => compilePattern(JSON.stringify(pattern))(event);

const refusal = (pattern: string): string => {
  try {
    compilePattern(pattern);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`Not refused: ${pattern}`);
};

const upload = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::drop', 'arn:aws:s3:::other'],
  detail: {
    bucket: { name: 'drop' },
    object: { key: 'incoming/2026/train.csv', size: 1048576, 'version-id': null },
    'source-ip-address': '10.1.2.3',
    replayed: false,
    nothing: {},
    none: [],
    parts: [
      { number: 1, state: 'done' },
      { number: 2, state: 'failed' },
    ],
  },
};

describe('an event pattern', () => {
  test.each<[title: string, detail: object, expected: boolean]>([
    ['matches a value exactly', { bucket: { name: ['drop'] } }, true],
    ['knows upper from lower case', { bucket: { name: ['Drop'] } }, false],
    ['takes any of several values', { bucket: { name: ['x', 'drop'] } }, true],
    ['wants all of several fields', { bucket: { name: ['drop'] }, replayed: [true] }, false],
    ['knows a number from its text', { object: { size: ['1048576'] } }, false],
    ['compares numbers by value', { object: { size: [1.048576e6] } }, true],
    ['matches null', { object: { 'version-id': [null] } }, true],
    ['knows null from what is not there', { object: { etag: [null] } }, false],
    ['matches booleans', { replayed: [false] }, true],

    ['prefix', { object: { key: [{ prefix: 'incoming/' }] } }, true],
    ['prefix in any case', { object: { key: [{ prefix: { 'equals-ignore-case': 'INCOMING/' } }] } }, true],
    ['suffix', { object: { key: [{ suffix: '.parquet' }] } }, false],
    ['suffix in any case', { object: { key: [{ suffix: { 'equals-ignore-case': '.CSV' } }] } }, true],
    ['equals-ignore-case', { bucket: { name: [{ 'equals-ignore-case': 'DROP' }] } }, true],
    ['prefix of a number', { object: { size: [{ prefix: '10' }] } }, false],

    ['wildcard over folders', { object: { key: [{ wildcard: 'incoming/*/train.csv' }] } }, true],
    ['wildcard must reach the end', { object: { key: [{ wildcard: 'incoming/*/train' }] } }, false],
    ['wildcard parts may not overlap', { bucket: { name: [{ wildcard: 'dro*op' }] } }, false],
    ['a star may stand for nothing', { bucket: { name: [{ wildcard: 'dr*op' }] } }, true],
    ['an escaped star is a star', { bucket: { name: [{ wildcard: 'd\\*p' }] } }, false],

    ['numeric range', { object: { size: [{ numeric: ['>', 0, '<=', 5e6] }] } }, true],
    ['numeric equality', { object: { size: [{ numeric: ['=', 1048576] }] } }, true],
    ['numeric bound is open', { object: { size: [{ numeric: ['<', 1048576] }] } }, false],
    ['numeric of a text', { bucket: { name: [{ numeric: ['>', 0] }] } }, false],

    ['exists', { object: { key: [{ exists: true }] } }, true],
    ['exists of null', { object: { 'version-id': [{ exists: true }] } }, true],
    ['exists of an object', { object: [{ exists: true }] }, false],
    ['exists of an empty list', { none: [{ exists: true }] }, false],
    ['does not exist', { object: { etag: [{ exists: false }] } }, true],
    ['does not exist, or a value', { object: { etag: [{ exists: false }, 'x'] } }, true],

    ['anything but a text', { bucket: { name: [{ 'anything-but': 'drop' }] } }, false],
    ['anything but other texts', { bucket: { name: [{ 'anything-but': ['a', 'b'] }] } }, true],
    ['anything but of what is not there', { object: { etag: [{ 'anything-but': 'x' }] } }, false],
    ['anything but of null', { object: { 'version-id': [{ 'anything-but': 'x' }] } }, true],
    ['anything but a number', { object: { size: [{ 'anything-but': [1048576] }] } }, false],
    [
      'anything but a prefix',
      { object: { key: [{ 'anything-but': { prefix: ['x/', 'incoming/'] } }] } },
      false,
    ],
    ['anything but a suffix', { object: { key: [{ 'anything-but': { suffix: '.tmp' } }] } }, true],
    [
      'anything but in any case',
      { bucket: { name: [{ 'anything-but': { 'equals-ignore-case': 'DROP' } }] } },
      false,
    ],
    ['anything but a wildcard', { object: { key: [{ 'anything-but': { wildcard: '*/2026/*' } }] } }, false],

    ['cidr', { 'source-ip-address': [{ cidr: '10.0.0.0/8' }] }, true],
    ['cidr beyond', { 'source-ip-address': [{ cidr: '10.2.0.0/16' }] }, false],
    ['cidr of the other family', { 'source-ip-address': [{ cidr: 'fe80::/10' }] }, false],

    ['$or', { $or: [{ replayed: [true] }, { bucket: { name: ['drop'] } }] }, true],
    ['$or where no branch holds', { $or: [{ replayed: [true] }, { bucket: { name: ['x'] } }] }, false],
    [
      '$or beside another field',
      { replayed: [true], $or: [{ none: [{ exists: false }] }, { x: [1] }] },
      false,
    ],

    ['conditions that meet in one element', { parts: { number: [2], state: ['failed'] } }, true],
    ['conditions that never meet in one element', { parts: { number: [1], state: ['failed'] } }, false],
  ])('%s: %j → %s', (_title, detail, expected) => {
    expect(matches({ detail }, upload)).toBe(expected);
  });

  test('takes one common element of a list for a match', () => {
    expect(matches({ resources: ['arn:aws:s3:::other'] }, upload)).toBe(true);
    expect(matches({ resources: [{ 'anything-but': 'arn:aws:s3:::drop' }] }, upload)).toBe(true);
  });

  test('sees names with dots as nested names', () => {
    expect(matches({ 'detail.bucket.name': ['drop'] }, upload)).toBe(true);
  });

  test('compares addresses by what they mean', () => {
    expect(matches({ ip: ['2001:db8::1'] }, { ip: '2001:0DB8:0:0:0:0:0:1' })).toBe(true);
  });

  test('lets the last of equal names win', () => {
    const pattern = compilePattern('{"a": ["x"], "a": ["y"]}');
    expect([pattern({ a: 'x' }), pattern({ a: 'y' })]).toEqual([false, true]);
  });

  test.each<[pattern: string, reason: string]>([
    ['["a"]', 'Filter is not an object'],
    ['{}', 'Empty objects are not allowed'],
    ['{"a": "x"}', '"a" must be an object or an array'],
    ['{"a": []}', 'Empty arrays are not allowed'],
    ['{"a": [["x"]]}', 'Match value must be String, number, true, false, or null'],
    ['{"a": [{"starts-with": "x"}]}', 'Unrecognized match type starts-with'],
    ['{"a": [{"prefix": "x", "suffix": "y"}]}', 'Only one key allowed in match expression'],
    ['{"a": [{"prefix": 1}]}', 'prefix match pattern must be a string'],
    ['{"a": [{"exists": "yes"}]}', 'exists match pattern must be either true or false.'],
    ['{"a": [{"wildcard": "a**b"}]}', 'Consecutive wildcard characters at pos 2'],
    ['{"a": [{"wildcard": "a\\\\b"}]}', 'Invalid escape character at pos 2'],
    ['{"a": [{"numeric": ["<", 5, ">", 1]}]}', 'Too many elements in numeric expression'],
    ['{"a": [{"numeric": ["≈", 5]}]}', 'Unrecognized numeric range operator: ≈'],
    ['{"a": [{"numeric": [">", 5, "<", 5]}]}', 'Bottom must be less than top'],
    [
      '{"a": [{"anything-but": null}]}',
      'Value of anything-but must be an array or single string/number value.',
    ],
    ['{"a": [{"cidr": "10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
    ['{"a": [{"cidr": "10.0.0.0/32"}]}', 'IPv4 mask bits must be < 32'],
    ['{"$or": [{"a": [1]}]}', 'There must have at least 2 Objects in $or relationship.'],
    [
      '{"$or": [{"prefix": [1]}, {"a": [1]}]}',
      'prefix is Ruler reserved fieldName which cannot be used inside $or.',
    ],
  ])('refuses %s: %s', (pattern, reason) => {
    expect(refusal(pattern).split('\n')[0]).toBe(`Event pattern is not valid. Reason: ${reason}`);
  });

  test.each<[pattern: string, reason: string]>([
    [
      'word',
      "Unrecognized token 'word': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"word\"; line: 1, column: 5]",
    ],
    [
      "{'a': 1}",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name\n at [Source: (String)\"{'a': 1}\"; line: 1, column: 2]",
    ],
    [
      '{"a": word"',
      "Unrecognized token 'word': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"{\"a\": word\"\"; line: 1, column: 11]",
    ],
    [
      '{"a": [1] "b": [1]}',
      "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
    ],
    [
      '{"a" [1]}',
      "Unexpected character ('[' (code 91)): was expecting a colon to separate field name and value",
    ],
    ['{"a": [1 2]}', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"],
    ['{"a": [,]}', "Unexpected character (',' (code 44)): expected a valid value"],
    ['{"a": [1]', 'Unexpected end-of-input: expected close marker for Object (start marker at [Source'],
    ['{"a": [', 'Unexpected end-of-input: expected close marker for Array (start marker at [Source'],
    ['{"a": ["x', 'Unexpected end-of-input: was expecting closing quote for a string value'],
    ['', 'Unexpected end-of-input'],
  ])('that is no JSON is refused: %s', (pattern, reason) => {
    expect(refusal(pattern)).toContain(`Event pattern is not valid. Reason: ${reason}`);
  });

  test('is refused for what comes first, its sense or its syntax', () => {
    expect(refusal('{"a": "x", "b": [1')).toContain('"a" must be an object or an array');
    expect(refusal('{"a": [1], "b": oops, "c": "x"}')).toContain("Unrecognized token 'oops'");
  });

  test('says where it is wrong, as EventBridge does', () => {
    expect(refusal('{"string": "my-value"}')).toBe(
      'Event pattern is not valid. Reason: "string" must be an object or an array\n' +
        ' at [Source: (String)"{"string": "my-value"}"; line: 1, column: 13]',
    );
    expect(refusal('{\n  "a": [{"EXISTS": true}]}')).toContain('line: 2, column: 24]');
  });

  test('refuses a wildcard whose text can begin again and again', () => {
    expect(refusal('{"a": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}')).toContain('Rule is too complex');
  });
});

describe('patterns of any shape', () => {
  const name = fc.stringMatching(/^[a-c]{1,2}$/);
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const eventOf = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(leaf, { maxLength: 3 }), tie('object')),
    object: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 3 }),
  })).object;

  /** The pattern that names every leaf of an event, or undefined where there is none. */
  const exactly = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length > 0 ? value : [{ exists: false }];
    if (typeof value !== 'object' || value === null) return [value];
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, exactly(inner)]));
  };

  test('made from an event itself match it', () => {
    fc.assert(fc.property(eventOf, (event) => matches(exactly(event) as object, event)));
  });

  test('that ask for something absent beside it do not', () => {
    fc.assert(
      fc.property(eventOf, (event) => !matches({ ...(exactly(event) as object), zz: ['here'] }, event)),
    );
  });

  test('with $or match exactly where one branch does', () => {
    const branch = fc.dictionary(name, fc.array(leaf, { minLength: 1, maxLength: 2 }), { minKeys: 1 });
    fc.assert(
      fc.property(eventOf, fc.array(branch, { minLength: 2, maxLength: 4 }), (event, branches) => {
        const anyBranch = branches.some((pattern) => matches(pattern, event));
        return matches({ $or: branches }, event) === anyBranch;
      }),
    );
  });

  test('agree on wildcards with a regular expression', () => {
    const text = fc.stringMatching(/^[ab]{0,8}$/);
    const wild = fc.stringMatching(/^[ab*]{0,6}$/).filter((made) => !made.includes('**'));
    fc.assert(
      fc.property(wild, text, (wildcard, value) => {
        const expression = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`);
        return matches({ a: [{ wildcard }] }, { a: value }) === expression.test(value);
      }),
    );
  });

  test('agree on address blocks with arithmetic', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const address = fc.tuple(octet, octet, octet, octet);
    const bits = (parts: number[]): number => parts.reduce((sum, part) => sum * 256 + part, 0);
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 31 }), (block, given, mask) => {
        const size = 2 ** (32 - mask);
        const inside = Math.floor(bits(block) / size) === Math.floor(bits(given) / size);
        return matches({ a: [{ cidr: `${block.join('.')}/${mask}` }] }, { a: given.join('.') }) === inside;
      }),
    );
  });
});
