import fc from 'fast-check';

const name = fc.constantFrom('a', 'b', 'c', 'n', 'tags', 'steps', 'kids', '#x', '#y', 'token');
const path = fc.oneof(
  { weight: 6, arbitrary: name },
  {
    weight: 1,
    arbitrary: fc.constantFrom('kids.a', 'kids.#x', 'steps[0]', 'steps[1]', 'kids.steps[0].a', 'pk'),
  },
);
const value = fc.constantFrom(
  ':s',
  ':t',
  ':n',
  ':m',
  ':ss',
  ':ns',
  ':l',
  ':map',
  ':b',
  ':bool',
  ':null',
  ':type',
);
const size = path.map((of) => `size(${of})`);
const operand = fc.oneof(
  { weight: 4, arbitrary: path },
  { weight: 4, arbitrary: value },
  { weight: 1, arbitrary: size },
);
/** AWS refuses all others where order counts; dynalite only finds them different. */
const scalar = fc.constantFrom(':s', ':t', ':n', ':m', ':b');
const ordered = fc.oneof(
  { weight: 4, arbitrary: path },
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: size },
);

/** Parts of conditions, most of them sound. */
const simple = fc.oneof(
  // Of two attributes that are both missing, dynalite thinks that they are equal.
  fc.tuple(operand, fc.constantFrom('=', '<>'), value).map((parts) => parts.join(' ')),
  fc.tuple(ordered, fc.constantFrom('<', '<=', '>', '>='), scalar).map((parts) => parts.join(' ')),
  fc.tuple(ordered, scalar, scalar).map(([of, low, high]) => `${of} BETWEEN ${low} AND ${high}`),
  fc
    .tuple(operand, fc.array(value, { minLength: 1, maxLength: 3 }))
    .map(([of, all]) => `${of} IN (${all.join(', ')})`),
  path.map((of) => `attribute_exists(${of})`),
  path.map((of) => `attribute_not_exists(${of})`),
  // With other operands dynalite breaks.
  fc.tuple(path, fc.constantFrom(':s', ':t', ':n', ':b')).map(([of, part]) => `contains(${of}, ${part})`),
  fc.tuple(path, operand).map(([of, part]) => `begins_with(${of}, ${part})`),
  path.map((of) => `attribute_type(${of}, :type)`),
  fc.tuple(path, value).map(([of, part]) => `attribute_type(${of}, ${part})`),
);

const condition = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    { weight: 5, arbitrary: simple },
    { weight: 1, arbitrary: tie('any').map((part) => `NOT (${part})`) },
    { weight: 1, arbitrary: fc.tuple(tie('any'), tie('any')).map((parts) => parts.join(' AND ')) },
    { weight: 1, arbitrary: fc.tuple(tie('any'), tie('any')).map(([one, two]) => `(${one}) OR ${two}`) },
  ),
})).any;

const source = fc.oneof(
  operand,
  fc.tuple(operand, fc.constantFrom('+', '-'), operand).map((parts) => parts.join(' ')),
  fc.tuple(path, operand).map(([of, other]) => `if_not_exists(${of}, ${other})`),
  fc.tuple(operand, operand).map((parts) => `list_append(${parts.join(', ')})`),
);

const target = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'b', 'c', 'n', 'tags', 'steps', 'kids', '#x') },
  { weight: 1, arbitrary: path },
);

const sections = {
  SET: fc.array(
    fc.tuple(target, source).map((parts) => parts.join(' = ')),
    { minLength: 1, maxLength: 2 },
  ),
  // One at a time: of several members of a list dynalite removes others than AWS does.
  REMOVE: fc.array(target, { minLength: 1, maxLength: 1 }),
  ADD: fc.array(
    fc.tuple(target, value).map((parts) => parts.join(' ')),
    { minLength: 1, maxLength: 1 },
  ),
  DELETE: fc.array(
    fc.tuple(target, value).map((parts) => parts.join(' ')),
    { minLength: 1, maxLength: 1 },
  ),
};

const update = fc
  .uniqueArray(fc.constantFrom('SET', 'REMOVE', 'ADD', 'DELETE') as fc.Arbitrary<keyof typeof sections>, {
    minLength: 1,
    maxLength: 2,
  })
  .chain((chosen) =>
    fc.tuple(...chosen.map((section) => sections[section].map((of) => `${section} ${of.join(', ')}`))),
  )
  .map((parts) => parts.join(' '));

const attribute = fc.oneof(
  fc.constantFrom('', 'one', 'two', 'é', 'on').map((S) => ({ S })),
  fc.constantFrom('0', '1', '2', '-1', '10', '1.5', '0.10', '1e3').map((N) => ({ N })),
  fc.constantFrom('YQ==', 'YWI=').map((B) => ({ B })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
  fc.uniqueArray(fc.constantFrom('one', 'two', 'three'), { minLength: 1 }).map((SS) => ({ SS })),
  fc.uniqueArray(fc.constantFrom('1', '2', '3'), { minLength: 1 }).map((NS) => ({ NS })),
  fc.constantFrom([], [{ S: 'one' }], [{ N: '1' }, { M: { a: { S: 'x' } } }]).map((L) => ({ L })),
  fc
    .constantFrom({}, { a: { N: '1' } }, { a: { S: 'x' }, steps: { L: [{ M: { a: { N: '2' } } }] } })
    .map((M) => ({ M })),
);

const NAMES = { '#x': 'kids', '#y': 'with space' };
const VALUES = {
  ':s': { S: 'one' },
  ':t': { S: 'on' },
  ':n': { N: '1' },
  ':m': { N: '2.50' },
  ':ss': { SS: ['one', 'two'] },
  ':ns': { NS: ['1', '5'] },
  ':l': { L: [{ S: 'one' }, { N: '1' }] },
  ':map': { M: { a: { N: '1' } } },
  ':b': { B: 'YQ==' },
  ':bool': { BOOL: true },
  ':null': { NULL: true },
  ':type': { S: 'N' },
};

const key = fc
  .tuple(fc.constantFrom('p', 'q'), fc.constantFrom('1', '2', '10'))
  .map(([pk, sk]) => ({ pk: { S: pk }, sk: { N: sk } }));
const attributes = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'n', 'tags', 'steps', 'kids', 'with space'),
  attribute,
  {
    maxKeys: 5,
  },
);

/** Names and values that the texts use, no others. */
const used = (...texts: (string | undefined)[]) => {
  const all = texts.join(' ');
  const chosen = (of: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(of).filter(([each]) => new RegExp(`${each}\\b`).test(all)));
  const [names, values] = [chosen(NAMES), chosen(VALUES)];
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
};

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const capacity = fc.constantFrom(undefined, 'TOTAL');
const old = fc.constantFrom('NONE', 'ALL_OLD');

export interface Request {
  readonly operation: string;
  readonly input: object;
}

const put = fc.record({ key, attributes, condition: maybe(condition), returns: old }).map(
  (of): Request => ({
    operation: 'PutItem',
    input: {
      Item: { ...of.attributes, ...of.key },
      ConditionExpression: of.condition,
      ReturnValues: of.returns,
      ...used(of.condition),
    },
  }),
);

const remove = fc.record({ key, condition: maybe(condition), returns: old }).map(
  (of): Request => ({
    operation: 'DeleteItem',
    input: {
      Key: of.key,
      ConditionExpression: of.condition,
      ReturnValues: of.returns,
      ...used(of.condition),
    },
  }),
);

const change = fc
  .record({
    key,
    update,
    condition: maybe(condition),
    returns: fc.constantFrom('NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'),
  })
  .map(
    (of): Request => ({
      operation: 'UpdateItem',
      input: {
        Key: of.key,
        UpdateExpression: of.update,
        ConditionExpression: of.condition,
        ReturnValues: of.returns,
        ...used(of.update, of.condition),
      },
    }),
  );

const get = fc.record({ key, paths: maybe(fc.array(path, { minLength: 1, maxLength: 3 })), capacity }).map(
  ({ key: Key, paths, capacity: ReturnConsumedCapacity }): Request => ({
    operation: 'GetItem',
    input: { Key, ProjectionExpression: paths?.join(', '), ReturnConsumedCapacity, ...used(paths?.join()) },
  }),
);

// In a query, these take dynalite down with some values.
const filterOfQuery = condition.filter((text) => !/contains|begins_with/.test(text));

const ranges = fc.constantFrom(
  'pk = :p',
  'pk = :p AND sk = :n',
  'pk = :p AND sk < :m',
  'pk = :p AND sk >= :m',
  ':n <= sk AND pk = :p',
  'pk = :p AND sk BETWEEN :n AND :m',
  '(pk = :p) AND (sk > :n)',
  'pk = :p AND begins_with(sk, :s)',
  'pk <> :p',
  'sk = :n',
  'pk = :p OR sk = :n',
  'pk = :n',
  'pk = :p AND a = :n',
  'pk = :p AND pk = :s',
);

const find = fc
  .record({
    range: ranges,
    filter: maybe(filterOfQuery),
    forward: fc.boolean(),
    limit: fc.constantFrom(undefined, 1, 2),
    count: fc.boolean(),
  })
  .map(({ range, filter, forward, limit, count }): Request => {
    const { ExpressionAttributeValues: values, ...names } = used(range, filter);
    return {
      operation: 'Query',
      input: {
        KeyConditionExpression: range,
        FilterExpression: filter,
        ScanIndexForward: forward,
        Limit: limit,
        Select: count ? 'COUNT' : undefined,
        ...names,
        ExpressionAttributeValues: { ...values, ...(range.includes(':p') && { ':p': { S: 'p' } }) },
      },
    };
  });

/** A story of requests on one table with a text and a number as key. */
export const requests = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: put },
    { weight: 1, arbitrary: remove },
    { weight: 5, arbitrary: change },
    { weight: 1, arbitrary: get },
    { weight: 2, arbitrary: find },
  ),
  { minLength: 1, maxLength: 12 },
);
