import { validationError } from '../../../aws-error.ts';
import { type AttributeValue, copied, type Item, partsOf, type Type, typeOf } from '../attribute-value.ts';
import { addNumbers, subtractNumbers } from '../decimal.ts';
import { type Names, refuseReserved } from './names.ts';
import { type Path, resolvedPath, valueAt } from './paths.ts';
import { requireApart } from './projection.ts';
import { Complaint } from './tokens.ts';
import { readUpdate, type WrittenAction, type WrittenSource } from './update-syntax.ts';

type Source =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'function'; readonly name: string; readonly operands: readonly Source[] };

type Action =
  | { readonly kind: 'SET'; readonly path: Path; readonly source: Source }
  | { readonly kind: 'REMOVE'; readonly path: Path }
  | { readonly kind: 'ADD' | 'DELETE'; readonly path: Path; readonly value: AttributeValue };

export interface Update {
  readonly actions: readonly Action[];
  /** What it changes, which `UPDATED_OLD` and `UPDATED_NEW` answer. */
  readonly paths: readonly Path[];
}

/** @throws AwsError ValidationException */
export const updateOf = (text: string, names: Names): Update =>
  names.read('UpdateExpression', text, readUpdate, (written) => {
    refuseReserved(written.paths);
    if (written.complaint !== undefined) throw written.complaint;
    const actions = written.actions.map((action) => actionOf(action, names));
    const paths = actions.map(({ path }) => path);
    requireApart(paths);
    for (const action of actions) checkOperand(action);
    for (const action of actions) if (action.kind === 'SET') checkSource(action.source);
    return { actions, paths };
  });

const actionOf = (written: WrittenAction, names: Names): Action => {
  const path = resolvedPath(written.path, names);
  if (written.kind === 'REMOVE') return { kind: 'REMOVE', path };
  if (written.kind === 'SET') return { kind: 'SET', path, source: sourceOf(written.source, names) };
  return { kind: written.kind, path, value: names.value(written.name) };
};

const sourceOf = (written: WrittenSource, names: Names): Source => {
  if (written.kind === 'path') return { kind: 'path', path: resolvedPath(written.path, names) };
  if (written.kind === 'value') return { kind: 'value', value: names.value(written.name) };
  const operands = written.operands.map((operand) => sourceOf(operand, names));
  return { kind: 'function', name: written.name, operands };
};

const SPELLED: Partial<Record<Type, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};

const checkOperand = (action: Action): void => {
  if (action.kind === 'SET' || action.kind === 'REMOVE') return;
  const type = typeOf(action.value);
  if (SPELLED[type] === undefined || (action.kind === 'ADD' && type === 'N')) return;
  throw new Complaint(
    `Incorrect operand type for operator or function; operator: ${action.kind}, operand type: ${SPELLED[type]}`,
  );
};

const checkSource = (source: Source): void => {
  if (source.kind !== 'function') return;
  const { name, operands } = source;
  for (const operand of operands) checkSource(operand);
  if (operands.length !== 2) {
    throw new Complaint(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  if (name === 'if_not_exists') {
    if (operands[0]!.kind === 'path') return;
    throw new Complaint(`Operator or function requires a document path; operator or function: ${name}`);
  }
  const needed = name === 'list_append' ? 'L' : 'N';
  for (const operand of operands) {
    if (operand.kind !== 'value' || typeOf(operand.value) === needed) continue;
    throw new Complaint(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${typeOf(operand.value)}`,
    );
  }
};

/**
 * The item after an update. Everything on the right is read from the item as it
 * was, whatever the other actions do.
 *
 * @throws AwsError ValidationException
 */
export const updated = (item: Item, { actions }: Update): Item => {
  const next = copied(item) as Record<string, AttributeValue>;
  const values = actions.map((action) =>
    action.kind === 'SET' ? sourceValue(action.source, item) : undefined,
  );
  const filled = new Set<unknown[]>();
  // From the end of a list on, so that what is removed does not move what is still to be removed.
  const ordered = actions.map((action, at) => ({ action, value: values[at] })).sort(removalsFromTheEnd);
  for (const { action, value } of ordered) apply(next, action, value, filled);
  for (const list of filled) list.splice(0, list.length, ...list.filter((member) => member !== undefined));
  return next;
};

const removalsFromTheEnd = (
  { action: one }: { action: Action },
  { action: other }: { action: Action },
): number => {
  if (one.kind !== 'REMOVE' || other.kind !== 'REMOVE') {
    // Removals last: what is set is set by the indexes of the list as it was.
    return Number(one.kind === 'REMOVE') - Number(other.kind === 'REMOVE');
  }
  return Number(other.path.at(-1)) - Number(one.path.at(-1)) || 0;
};

const apply = (
  item: Record<string, AttributeValue>,
  action: Action,
  value: AttributeValue | undefined,
  filled: Set<unknown[]>,
): void => {
  const name = action.path.at(-1)!;
  const parent = valueAt(item, action.path.slice(0, -1));
  const held = parent && partsOf(parent)[1];
  const isList = typeof name === 'number';
  if (parent === undefined || !((isList ? 'L' : 'M') in parent)) {
    throw validationError('The document path provided in the update expression is invalid for update');
  }
  const place = held as Record<string | number, AttributeValue>;
  const set = (next: AttributeValue): void => {
    if (Array.isArray(held) && Number(name) > held.length) filled.add(held);
    place[name] = next;
  };
  const remove = (): void => {
    if (Array.isArray(held)) held.splice(Number(name), 1);
    else delete place[name];
  };
  const existing = Object.hasOwn(place, name) ? place[name] : undefined;
  if (action.kind === 'SET') set(copied(value!));
  else if (action.kind === 'REMOVE') remove();
  else if (action.kind === 'ADD') set(added(existing, action.value));
  else if (existing !== undefined) {
    const left = without(existing, action.value);
    if (left === undefined) remove();
    else set(left);
  }
};

const added = (existing: AttributeValue | undefined, value: AttributeValue): AttributeValue => {
  if (existing === undefined) return copied(value);
  if ('N' in value) return { N: addNumbers(numberIn(existing), value.N) };
  const [type, members] = partsOf(value) as [Type, string[]];
  const own = membersIn(existing, type);
  return {
    [type]: [...own, ...members.filter((member) => !own.includes(member))],
  } as unknown as AttributeValue;
};

/** A set without some members; an empty set cannot be kept. */
const without = (existing: AttributeValue, value: AttributeValue): AttributeValue | undefined => {
  const [type, members] = partsOf(value) as [Type, string[]];
  const left = membersIn(existing, type).filter((member) => !members.includes(member));
  return left.length === 0 ? undefined : ({ [type]: left } as unknown as AttributeValue);
};

const sourceValue = (source: Source, item: Item): AttributeValue => {
  if (source.kind === 'value') return source.value;
  if (source.kind === 'path') {
    const value = valueAt(item, source.path);
    if (value !== undefined) return value;
    throw validationError('The provided expression refers to an attribute that does not exist in the item');
  }
  const { name } = source;
  const [one, other] = source.operands as [Source, Source];
  if (name === 'if_not_exists') {
    return valueAt(item, (one as { path: Path }).path) ?? sourceValue(other, item);
  }
  const left = sourceValue(one, item);
  if (name === 'list_append' && !('L' in left)) throw wrongOperand();
  const right = sourceValue(other, item);
  if (name !== 'list_append') {
    const combine = name === '+' ? addNumbers : subtractNumbers;
    return { N: combine(numberIn(left), numberIn(right)) };
  }
  if (!('L' in left && 'L' in right)) throw wrongOperand();
  return { L: [...left.L, ...right.L] };
};

const numberIn = (value: AttributeValue): string => {
  if ('N' in value) return value.N;
  throw wrongOperand();
};

const membersIn = (value: AttributeValue, type: Type): string[] => {
  const [own, members] = partsOf(value);
  if (own === type) return members as string[];
  throw wrongOperand();
};

const wrongOperand = () => validationError('An operand in the update expression has an incorrect data type');
