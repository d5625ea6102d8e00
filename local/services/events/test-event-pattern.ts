import { validationError } from '../../aws-error.ts';
import { compilePattern } from './pattern/pattern.ts';

/** Says whether a given event fits a given pattern; both are JSON text. */
export const testEventPattern = (input: { Event: string; EventPattern: string }): { Result: boolean } => {
  const matches = compilePattern(input.EventPattern);
  return { Result: matches(parsedEvent(input.Event)) };
};

const parsedEvent = (text: string): object => {
  const refused = validationError('Parameter Event is not valid.');
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    throw refused;
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw refused;
  return event;
};
