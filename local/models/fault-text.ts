import { types } from 'node:util';
import { AwsError } from '../aws-error.ts';
import type { Shape } from './model.ts';

/** Where a value stands. Linked, so that a valid input costs no text. */
export interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
  /** The step is a key of the caller's, which AWS writes as it is; a member's first letter it writes small. */
  readonly isKey?: boolean;
}

/** The constraints that this value breaks. */
export const constraintsOf = (shape: Shape, value: unknown): string[] => {
  const unit = typeof value === 'number' ? 'value' : 'length';
  const size = typeof value === 'number' ? value : (value as { length: number }).length;
  const broken: string[] = [];
  if (shape.values !== undefined && !shape.values.has(value as string)) broken.push(oneOf(shape.values));
  if (shape.max !== undefined && size > shape.max) broken.push(atMost(unit, shape.max));
  if (shape.min !== undefined && size < shape.min) broken.push(atLeast(unit, shape.min));
  if (shape.matches !== undefined && !shape.matches(value as string))
    broken.push(likePattern(shape.pattern!));
  return broken;
};

/** Every constraint of a shape, as AWS lists them for items and map values. */
export const allConstraintsOf = (shape: Shape): string => {
  const unit = shape.kind === 'integer' || shape.kind === 'number' ? 'value' : 'length';
  const all: string[] = [];
  if (shape.values !== undefined) all.push(oneOf(shape.values));
  if (shape.max !== undefined) all.push(atMost(unit, shape.max));
  if (shape.min !== undefined) all.push(atLeast(unit, shape.min));
  if (shape.pattern !== undefined) all.push(likePattern(shape.pattern));
  return all.join(', ');
};

export const atMost = (unit: string, limit: number): string =>
  `Member must have ${unit} less than or equal to ${limit}`;
export const atLeast = (unit: string, limit: number): string =>
  `Member must have ${unit} greater than or equal to ${limit}`;
const oneOf = (values: ReadonlySet<string>): string =>
  `Member must satisfy enum value set: [${[...values].join(', ')}]`;
const likePattern = (pattern: string): string => `Member must satisfy regular expression pattern: ${pattern}`;

/** What AWS calls sensitive is not repeated. */
export const fault = (
  { isSensitive }: Pick<Shape, 'isSensitive'>,
  value: unknown,
  place: Place | undefined,
  constraint: string,
): string =>
  `Value${isSensitive ? '' : ` '${display(value)}'`} at '${pathOf(place)}' failed to satisfy constraint: ${constraint}`;

export const missing = (place: Place): string =>
  `Value null at '${pathOf(place)}' failed to satisfy constraint: Member must not be null`;

/** The words of AWS's own clients: most services drop an unknown member unseen, which is worse. */
export const unknownMember = (name: string, shape: Shape, place: Place | undefined): string =>
  `Unknown parameter in input${clientPathOf(place)}: "${name}", must be one of: ${[...shape.members.keys()].join(', ')}`;

export const wrongType = (value: unknown, wanted: string, place: Place | undefined): AwsError => {
  const found = {
    string: 'STRING_VALUE',
    number: 'NUMBER_VALUE',
    boolean: value ? 'TRUE_VALUE' : 'FALSE_VALUE',
  }[typeof value as string];
  const where = place === undefined ? '' : ` at '${pathOf(place)}'`;
  const name = wanted[0]!.toUpperCase() + wanted.slice(1);
  const article = name === 'Integer' ? 'an' : 'a';
  return new AwsError(
    'SerializationException',
    found === undefined
      ? `Start of ${Array.isArray(value) ? 'list' : 'structure or map'} found where not expected${where}.`
      : `${found} can not be converted to ${article} ${name}${where}`,
  );
};

const stepsOf = (place: Place | undefined): Place[] => {
  const steps: Place[] = [];
  for (let at = place; at !== undefined; at = at.parent) steps.unshift(at);
  return steps;
};

const pathOf = (place: Place | undefined): string =>
  stepsOf(place)
    .map(({ step, isKey }) =>
      typeof step === 'number' || isKey ? step : step[0]!.toLowerCase() + step.slice(1),
    )
    .join('.');

const clientPathOf = (place: Place | undefined): string =>
  stepsOf(place)
    .filter(({ step, isKey }) => isKey || step !== 'member')
    .map(({ step }) => (typeof step === 'number' ? `[${step - 1}]` : `.${step}`))
    .join('');

const display = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(display).join(', ')}]`;
  if (types.isUint8Array(value)) return 'java.nio.HeapByteBuffer';
  if (isObject(value)) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}=${display(inner)}`)
      .join(', ')}}`;
  }
  return String(value);
};

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !types.isUint8Array(value) &&
  !types.isDate(value);
