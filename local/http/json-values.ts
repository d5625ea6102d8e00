import { types } from 'node:util';
import type { Shape } from '../models/model.ts';
import { readBase64 } from './scalars.ts';

/**
 * A request's body as the services take it: bytes from base64, times from epoch
 * seconds, by AWS's model. What does not fit stays as it is, for the door to judge.
 */
export const decode = (value: unknown, shape: Shape | undefined): unknown => {
  if (shape === undefined || value === null || value === undefined) return value;
  switch (shape.kind) {
    case 'blob':
      return typeof value === 'string' ? readBase64(value) : value;
    case 'timestamp':
      return typeof value === 'number' ? new Date(value * 1000) : value;
    case 'list':
      return Array.isArray(value) ? value.map((item) => decode(item, shape.value)) : value;
    case 'map':
    case 'structure':
      if (typeof value !== 'object' || Array.isArray(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name,
          decode(inner, shape.kind === 'map' ? shape.value : shape.members.get(name)),
        ]),
      );
    default:
      return value;
  }
};

/** An answer as the JSON protocols write it: times in epoch seconds, bytes in base64. */
export const encode = (value: unknown): unknown => {
  if (types.isDate(value)) return value.getTime() / 1000;
  if (types.isUint8Array(value)) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, encode(inner)]));
};
