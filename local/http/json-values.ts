import { types } from 'node:util';
import { AwsError } from '../aws-error.ts';
import type { Shape } from '../models/model.ts';

/**
 * A request's body as the services take it: bytes from base64, times from epoch
 * seconds, by AWS's model. What does not fit stays as it is, for the door to judge.
 */
export const decode = (value: unknown, shape: Shape | undefined): unknown => {
  if (shape === undefined || value === null || value === undefined) return value;
  switch (shape.kind) {
    case 'blob':
      return typeof value === 'string' ? decodeBytes(value) : value;
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

const decodeBytes = (text: string): Uint8Array => {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  throw new AwsError('SerializationException', 'Invalid base64 in a binary member.');
};
