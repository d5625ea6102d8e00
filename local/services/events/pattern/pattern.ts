import { parseAddress, sameAddress } from './addresses.ts';
import { type Condition, type Leaf, matchExpression } from './conditions.ts';
import { type EventFields, eventFields, joined, type Membership } from './event-fields.ts';
import { PatternReader } from './pattern-reader.ts';

/** Tells whether an event, as a parsed JSON object, fits. */
export type EventPattern = (event: object) => boolean;

/** One way to fit: each path needs one of its conditions to hold. */
type Way = ReadonlyMap<string, readonly Condition[]>;

/** Names that would be operators, which EventBridge keeps free inside `$or`. */
const RESERVED_IN_OR = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex
   not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before
   in-date-range ip-address-in-range ip-address-not-in-range`.split(/\s+/),
);

/** AWS's limit on the product of `$or` branches. */
const MOST_WAYS = 1_000;

/**
 * Compiles an event pattern as EventBridge reads it: fields are flattened to
 * dotted names, `$or` is multiplied out, and conditions on objects in one array
 * must meet in the same element.
 *
 * Source: EventBridge user guide, "Comparison operators"; the manners of its
 * open matching engine, aws/event-ruler, where the guide is silent.
 *
 * @param pattern JSON text
 * @throws AwsError InvalidEventPatternException
 */
export const compilePattern = (pattern: string): EventPattern => {
  const reader = new PatternReader(pattern);
  if (reader.next() !== '{') reader.refuse('Filter is not an object');
  const ways = readObject(reader, '', [new Map()], false);
  const steps = ways.map((way) => [...way].sort(([one], [other]) => (one < other ? -1 : 1)));
  const heads = ways.map((way) => [...way].filter(([path]) => !path.includes('.')));
  return (event) => {
    // Most events are nobody's: what stands at their head tells, before they are taken apart.
    if (!heads.some((head) => mayFit(head, event as Record<string, unknown>))) return false;
    const fields = eventFields(event);
    return steps.some((way) => fits(way, 0, fields, []));
  };
};

type Step = readonly [path: string, conditions: readonly Condition[]];

/** False only if a plain text at the head of the event keeps all conditions on it from holding. */
const mayFit = (head: readonly Step[], event: Record<string, unknown>): boolean =>
  head.every(([path, conditions]) => {
    const value = event[path];
    if (typeof value !== 'string') return true;
    return conditions.some((condition) => condition !== 'absent' && condition(value));
  });

const fits = (way: readonly Step[], from: number, fields: EventFields, membership: Membership): boolean => {
  if (from === way.length) return true;
  const [path, conditions] = way[from]!;
  let isThere = false;
  for (const field of fields.get(path) ?? []) {
    const together = joined(membership, field.membership);
    if (together === undefined) continue;
    isThere = true;
    const holds = conditions.some((condition) => condition !== 'absent' && condition(field.value));
    if (holds && fits(way, from + 1, fields, together)) return true;
  }
  return !isThere && conditions.includes('absent') && fits(way, from + 1, fields, membership);
};

const readObject = (reader: PatternReader, path: string, before: readonly Way[], inOr: boolean): Way[] => {
  let ways = [...before];
  let isEmpty = true;
  while (reader.next() !== '}') {
    isEmpty = false;
    const name = reader.text;
    if (name === '$or') {
      ways = readOr(reader, path, ways);
      continue;
    }
    if (inOr && RESERVED_IN_OR.has(name)) {
      reader.refuse(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    const innerPath = path === '' ? name : `${path}.${name}`;
    reader.next();
    if (reader.kind === '{') {
      ways = readObject(reader, innerPath, ways, inOr);
    } else if (reader.kind === '[') {
      const conditions = readConditions(reader);
      ways = ways.map((way) => new Map(way).set(innerPath, conditions));
    } else {
      reader.refuse(`"${name}" must be an object or an array`);
    }
  }
  if (isEmpty) reader.refuse('Empty objects are not allowed');
  return ways;
};

const readOr = (reader: PatternReader, path: string, before: readonly Way[]): Way[] => {
  if (reader.next() !== '[') reader.refuse('It must be an Array followed with $or.');
  const ways: Way[] = [];
  let branches = 0;
  while (reader.next() !== ']') {
    if (reader.kind !== '{') reader.refuse('Only JSON object is allowed in array of $or relationship.');
    branches += 1;
    ways.push(...readObject(reader, path, before, true));
    if (ways.length > MOST_WAYS) reader.refuse('Rule is too complex - try using fewer $or branches');
  }
  if (branches < 2) reader.refuse('There must have at least 2 Objects in $or relationship.');
  return ways;
};

const readConditions = (reader: PatternReader): Condition[] => {
  const conditions: Condition[] = [];
  while (reader.next() !== ']') conditions.push(readCondition(reader));
  if (conditions.length === 0) reader.refuse('Empty arrays are not allowed');
  return conditions;
};

const readCondition = (reader: PatternReader): Condition => {
  switch (reader.kind) {
    case '{':
      return matchExpression(reader);
    case 'string':
      return sameText(reader.text);
    case 'number':
    case 'true':
    case 'false':
    case 'null': {
      const expected = JSON.parse(reader.text) as Leaf;
      return (value) => value === expected;
    }
    default:
      return reader.refuse('Match value must be String, number, true, false, or null');
  }
};

/** The same text; addresses also match when they are only written differently. */
const sameText = (expected: string): Condition => {
  const address = parseAddress(expected);
  if (address === undefined) return (value) => value === expected;
  return (value) => typeof value === 'string' && sameAddress(address, parseAddress(value));
};
