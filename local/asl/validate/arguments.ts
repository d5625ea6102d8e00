import { modelOf, type Shape } from '../../models/model.ts';
import { remembered } from '../../remembered.ts';
import type { Resource } from '../integrations/resource.ts';
import type { Report } from './diagnostics.ts';
import { isObject, type Json } from './shape.ts';

/**
 * Names of a Task's arguments, as far as they are written out: none that the
 * service does not know, none missing that it needs. Step Functions writes every
 * member in PascalCase, so a member in the API's own small letters is unknown.
 *
 * What only an expression gives is judged when it is sent.
 */
export function checkArguments(
  value: unknown,
  { style, service, operation }: Resource,
  location: string,
  report: Report,
): void {
  if (style === 'function' || !isObject(value)) return;
  const input = modelOf(service).operation(operation)?.input;
  if (input === undefined) return;
  checkNames(value, input, location, report);
  for (const name of input.required) {
    if (value[pascal(name)] === undefined)
      report.schema(`The field '${pascal(name)}' is required but was missing`, location);
  }
}

function checkNames(value: Json, shape: Shape, location: string, report: Report): void {
  const members = membersOf(shape);
  for (const [name, member] of Object.entries(value)) {
    const inner = members.get(name);
    // Reported: at the arguments as a whole, however deep the name stands.
    if (inner === undefined)
      report.schema(`The field "${name}" is not supported by Step Functions.`, location);
    else checkValue(member, inner, location, report);
  }
}

const known = new WeakMap<Shape, ReadonlyMap<string, Shape>>();

/** A structure's members as Step Functions calls them. */
const membersOf = (shape: Shape): ReadonlyMap<string, Shape> =>
  remembered(known, shape, () => new Map([...shape.members].map(([name, member]) => [pascal(name), member])));

function checkValue(value: unknown, shape: Shape, location: string, report: Report): void {
  if (shape.kind === 'structure' && isObject(value)) checkNames(value, shape, location, report);
  else if (shape.kind === 'map' && isObject(value)) {
    for (const member of Object.values(value)) checkValue(member, shape.value!, location, report);
  } else if (shape.kind === 'list' && Array.isArray(value)) {
    for (const item of value) checkValue(item, shape.value!, location, report);
  }
}

const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
