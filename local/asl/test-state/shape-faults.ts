import type { Shape } from '../../models/model.ts';
import { isObject, type Json } from '../validate/shape.ts';

/**
 * How a value breaks the shape that AWS's model gives it, told of the innermost
 * field alone (recorded). Names are in PascalCase whatever the API writes, and
 * names that the model does not know are let through.
 *
 * @param strict whether required members have to be there
 */
export function shapeFaults(value: unknown, shape: Shape, strict: boolean, field = ''): string[] {
  const { kind, values, min, max } = shape;
  const is = (right: boolean, what: string): string[] => (right ? [] : [`Field '${field}' must be ${what}`]);
  switch (kind) {
    case 'structure':
      return isObject(value) ? memberFaults(value, shape, strict) : is(false, 'an object');
    case 'map':
      if (!isObject(value)) return is(false, 'an object');
      return Object.entries(value).flatMap(([key, member]) => shapeFaults(member, shape.value!, strict, key));
    case 'list':
      if (!Array.isArray(value)) return is(false, 'an array');
      return value.flatMap((item) => shapeFaults(item, shape.value!, strict, field));
    case 'boolean':
      return is(typeof value === 'boolean', 'a boolean');
    case 'integer':
    case 'number':
      if (typeof value !== 'number') return is(false, 'a number');
      if (min !== undefined && value < min) return [`Field '${field}' is less than the minimum value`];
      return max !== undefined && value > max ? [`Field '${field}' exceeds the maximum value`] : [];
    default: {
      if (typeof value !== 'string') return is(false, 'a string');
      if (values !== undefined && !values.has(value)) return [`Field '${field}' is not an expected value`];
      if (min !== undefined && value.length < min)
        return [`Field '${field}' is smaller than the minimum length`];
      return max !== undefined && value.length > max ? [`Field '${field}' exceeds the maximum length`] : [];
    }
  }
}

function memberFaults(value: Json, shape: Shape, strict: boolean): string[] {
  const missing = strict ? shape.required.map(pascal).filter((name) => value[name] === undefined) : [];
  const members = new Map([...shape.members].map(([name, member]) => [pascal(name), member]));
  return [
    ...missing.map((name) => `Required field '${name}' is missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const inner = members.get(name);
      return inner === undefined ? [] : shapeFaults(member, inner, strict, name);
    }),
  ];
}

const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
