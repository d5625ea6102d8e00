import {
  type AttributeValue,
  bytesIn,
  compared,
  type Item,
  isEqual,
  partsOf,
  type Type,
  typeOf,
} from '../attribute-value.ts';
import {
  type Comparator,
  operandCount,
  readCondition,
  type WrittenCondition,
  type WrittenConditionExpression,
  type WrittenOperand,
} from './condition-syntax.ts';
import { type Names, refuseReserved } from './names.ts';
import { isSamePath, type Path, pathText, resolvedPath, valueAt } from './paths.ts';
import { Complaint } from './tokens.ts';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'function'; readonly name: string; readonly operands: readonly Operand[] };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly [Condition, Condition] }
  | { readonly kind: 'not'; readonly part: Condition }
  | Comparison
  | FunctionCall;

type Comparison =
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly operands: readonly Operand[] }
  | { readonly kind: 'between'; readonly operands: readonly Operand[] }
  | { readonly kind: 'in'; readonly operands: readonly Operand[] };

type FunctionCall = Extract<Operand, { kind: 'function' }>;

/** @throws AwsError ValidationException */
export const conditionOf = (kind: string, text: string, names: Names): Condition =>
  names.read(kind, text, readCondition, resolveCondition);

const resolveCondition = ({ condition, paths }: WrittenConditionExpression, names: Names): Condition => {
  refuseReserved(paths);
  return resolved(condition, names);
};

/** @throws Complaint about one condition without AND, OR and NOT */
const inspected = <Simple extends Comparison | FunctionCall>(condition: Simple): Simple => {
  const findings = new Findings();
  inspect(condition, findings);
  findings.throwFirst();
  return condition;
};

/** What is wrong with operands, in the order in which DynamoDB tells it: only the first is told. */
class Findings {
  readonly #texts: (string | undefined)[] = [];

  add(kind: 'operand' | 'distinct' | 'function', text: string): void {
    this.#texts[['operand', 'distinct', 'function'].indexOf(kind)] ??= text;
  }

  throwFirst(): void {
    const first = this.#texts.find((text) => text !== undefined);
    if (first !== undefined) throw new Complaint(first);
  }
}

/** From the inside out, as an expression is read. */
const inspect = (part: Comparison | Operand, findings: Findings): void => {
  if (part.kind === 'path' || part.kind === 'value') return;
  for (const operand of part.operands) inspect(operand, findings);
  if (part.kind === 'function') checkFunction(part.name, part.operands, findings);
  else checkComparison(part, findings);
};

const resolved = (written: WrittenCondition, names: Names): Condition => {
  switch (written.kind) {
    case 'and':
    case 'or': {
      const [one, other] = written.parts;
      return { kind: written.kind, parts: [resolved(one, names), resolved(other, names)] };
    }
    case 'not':
      return { kind: 'not', part: resolved(written.part, names) };
    case 'function':
      return inspected(operandOf(written, names) as FunctionCall);
    default: {
      const operands = written.operands.map((operand) => operandOf(operand, names));
      return inspected({ ...written, operands } as Comparison);
    }
  }
};

const operandOf = (written: WrittenOperand, names: Names): Operand => {
  if (written.kind === 'path') return { kind: 'path', path: resolvedPath(written.path, names) };
  if (written.kind === 'value') return { kind: 'value', value: names.value(written.name) };
  const operands = written.operands.map((operand) => operandOf(operand, names));
  return { kind: 'function', name: written.name, operands };
};

/** The types that `<` and its like know how to put in order. */
const ORDERED: ReadonlySet<Type> = new Set(['S', 'N', 'B']);

const checkComparison = (condition: Comparison, findings: Findings): void => {
  const operator = condition.kind === 'compare' ? condition.operator : condition.kind.toUpperCase();
  const { operands } = condition;
  if (!['=', '<>', 'IN'].includes(operator)) {
    for (const operand of operands) {
      const type = knownType(operand);
      if (type !== undefined && !ORDERED.has(type)) findings.add('operand', wrongType(operator, type));
    }
  }
  if (condition.kind === 'compare') checkDistinct(operator, operands, findings);
  if (condition.kind === 'between') checkBounds(operands[1]!, operands[2]!, findings);
};

const checkBounds = (low: Operand, high: Operand, findings: Findings): void => {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const bounds = `lower bound operand: ${shown(low.value)}, upper bound operand: ${shown(high.value)}`;
  if (typeOf(low.value) !== typeOf(high.value)) {
    findings.add(
      'function',
      `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`,
    );
  } else if ((compared(low.value, high.value) ?? 0) > 0) {
    findings.add(
      'function',
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
  }
};

const TYPES: readonly string[] = ['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M'];

const checkFunction = (name: string, operands: readonly Operand[], findings: Findings): void => {
  if (operands.length !== operandCount(name)) {
    findings.add(
      'operand',
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
    return;
  }
  checkDistinct(name, operands, findings);
  const fault = functionFault(name, operands);
  if (fault !== undefined) findings.add('function', fault);
};

const functionFault = (name: string, operands: readonly Operand[]): string | undefined => {
  const [first, second] = operands as [Operand, Operand];
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      return first.kind === 'path'
        ? undefined
        : `Operator or function requires a document path; operator or function: ${name}`;
    case 'begins_with': {
      const type = operands
        .map(knownType)
        .find((known) => known !== undefined && known !== 'S' && known !== 'B');
      return type && wrongType(name, type);
    }
    case 'attribute_type': {
      const type = second.kind === 'value' && 'S' in second.value ? second.value.S : undefined;
      if (type === undefined) return wrongType(name, knownType(second) ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
      if (TYPES.includes(type)) return undefined;
      return `Invalid attribute type name found; type: ${type}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`;
    }
    case 'size': {
      const type = knownType(first);
      return type === 'N' || type === 'BOOL' || type === 'NULL' ? wrongType(name, type) : undefined;
    }
    default:
      return undefined;
  }
};

/** The type an operand has whatever the item holds. */
const knownType = (operand: Operand): Type | undefined => {
  if (operand.kind === 'value') return typeOf(operand.value);
  return operand.kind === 'function' ? 'N' : undefined;
};

const checkDistinct = (operator: string, [one, other]: readonly Operand[], findings: Findings): void => {
  if (one?.kind !== 'path' || other?.kind !== 'path' || !isSamePath(one.path, other.path)) return;
  findings.add(
    'distinct',
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(one.path)}`,
  );
};

const wrongType = (operator: string, type: string): string =>
  `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;

const shown = (value: AttributeValue): string => {
  const [type, held] = partsOf(value);
  return `AttributeValue: {${type}:${String(held)}}`;
};

/** Whether an item, or an empty one where none is, meets a condition. */
export const meets = (item: Item, condition: Condition): boolean => {
  switch (condition.kind) {
    case 'and':
      return meets(item, condition.parts[0]) && meets(item, condition.parts[1]);
    case 'or':
      return meets(item, condition.parts[0]) || meets(item, condition.parts[1]);
    case 'not':
      return !meets(item, condition.part);
    case 'function':
      return holds(item, condition);
    case 'compare':
      return compares(condition.operator, ...both(item, condition.operands));
    case 'between': {
      const [value, low, high] = condition.operands.map((operand) => operandValue(item, operand));
      return compares('>=', value, low) && compares('<=', value, high);
    }
    case 'in': {
      const [value, ...others] = condition.operands.map((operand) => operandValue(item, operand));
      return value !== undefined && others.some((other) => other !== undefined && isEqual(value, other));
    }
  }
};

const both = (
  item: Item,
  [one, other]: readonly Operand[],
): [AttributeValue | undefined, AttributeValue | undefined] => [
  operandValue(item, one!),
  operandValue(item, other!),
];

const operandValue = (item: Item, operand: Operand): AttributeValue | undefined => {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'path') return valueAt(item, operand.path);
  const measured = operandValue(item, operand.operands[0]!);
  const size = measured === undefined ? undefined : lengthOf(measured);
  return size === undefined ? undefined : { N: String(size) };
};

/** What is not there differs from everything, and is neither more nor less than anything. */
const compares = (
  operator: Comparator,
  one: AttributeValue | undefined,
  other: AttributeValue | undefined,
): boolean => {
  if (operator === '<>') return one === undefined || other === undefined || !isEqual(one, other);
  if (one === undefined || other === undefined) return false;
  if (operator === '=') return isEqual(one, other);
  const order = compared(one, other);
  if (order === undefined) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
};

const holds = (item: Item, { name, operands }: Extract<Operand, { kind: 'function' }>): boolean => {
  const [value, other] = operands.map((operand) => operandValue(item, operand));
  if (name === 'attribute_exists') return value !== undefined;
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined || other === undefined) return false;
  if (name === 'attribute_type') return typeOf(value) === (other as { S: string }).S;
  return name === 'begins_with' ? beginsWith(value, other) : contains(value, other);
};

const beginsWith = (value: AttributeValue, start: AttributeValue): boolean => {
  if ('S' in value && 'S' in start) return value.S.startsWith(start.S);
  if (!('B' in value && 'B' in start)) return false;
  const bytes = Buffer.from(start.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, bytes.length).equals(bytes);
};

/** Text in text, bytes in bytes, a member in a set or list. */
const contains = (value: AttributeValue, part: AttributeValue): boolean => {
  const [type, held] = partsOf(value);
  const [partType, partHeld] = partsOf(part);
  if (type === 'L') return (held as AttributeValue[]).some((member) => isEqual(member, part));
  if (type === `${partType}S`) return (held as string[]).includes(partHeld as string);
  if (type !== partType) return false;
  if (type === 'S') return (held as string).includes(partHeld as string);
  return (
    type === 'B' && Buffer.from(held as string, 'base64').includes(Buffer.from(partHeld as string, 'base64'))
  );
};

const lengthOf = (value: AttributeValue): number | undefined => {
  const [type, held] = partsOf(value);
  if (type === 'S') return Buffer.byteLength(held as string);
  if (type === 'B') return bytesIn(held as string);
  if (type === 'M') return Object.keys(held as object).length;
  return Array.isArray(held) ? held.length : undefined;
};
