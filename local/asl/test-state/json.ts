import { validationError } from '../../aws-error.ts';
import type { Data } from '../data.ts';

/** A JSON object that came as text. @throws AwsError `ValidationException` */
export function objectOf(text: string, what: string): Record<string, unknown> {
  const value = jsonOf(text, `${what} must be valid JSON`).value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw validationError(`${what} must be a JSON object.`);
}

/** @throws AwsError `ValidationException` */
export function jsonOf(text: string, otherwise: string): Data {
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    throw validationError(otherwise);
  }
}
