import { types } from 'node:util';
import { AwsError } from '../aws-error.ts';
import type { Shape } from '../models/model.ts';

/**
 * Plain values in the protocols that write everything as text: headers, query
 * strings, forms and XML.
 */

/** @throws AwsError `SerializationException` for a text that is none of the kind */
export const readScalar = (text: string, shape: Shape): unknown => {
  switch (shape.kind) {
    case 'integer':
    case 'number': {
      const value = Number(text);
      if (text.trim() === '' || Number.isNaN(value)) throw unreadable(text, 'a number');
      return value;
    }
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw unreadable(text, 'true or false');
      return text === 'true';
    case 'timestamp': {
      const value = new Date(/^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : text);
      if (Number.isNaN(value.getTime())) throw unreadable(text, 'a time');
      return value;
    }
    case 'blob':
      return readBase64(text);
    default:
      return text;
  }
};

/** @throws AwsError `SerializationException` */
export const readBase64 = (text: string): Uint8Array => {
  if (/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) return Buffer.from(text, 'base64');
  throw new AwsError('SerializationException', 'Invalid base64 in a binary member.');
};

export type TimeFormat = 'iso8601' | 'rfc822' | 'unixTimestamp';

export const writeScalar = (value: unknown, timeFormat: TimeFormat): string => {
  if (types.isDate(value)) return writeTime(value, timeFormat);
  if (types.isUint8Array(value)) return Buffer.from(value).toString('base64');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const writeTime = (time: Date, format: TimeFormat): string => {
  if (format === 'iso8601') return time.toISOString();
  return format === 'rfc822' ? time.toUTCString() : String(time.getTime() / 1000);
};

const unreadable = (text: string, wanted: string): AwsError =>
  new AwsError('SerializationException', `'${text.slice(0, 80)}' is not ${wanted}.`);
