import { isTooDeep } from '../../json-text/depth.ts';
import { jsonFault } from '../../json-text/json-fault.ts';
import type { Expressions } from '../jsonata/expression.ts';
import type { Machine } from '../machine.ts';
import type { Diagnostic } from './diagnostics.ts';
import { validateDefinition } from './validate.ts';

/** A definition as it was sent, and all that is wrong with it. */
export interface Read {
  /** Undefined for a text that is no JSON. */
  readonly definition: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and validates a definition's text. */
export function readDefinition(text: string, type: Machine['type'], expressions: Expressions): Read {
  const parsed = parseDefinition(text);
  if (parsed.diagnostics.length > 0) return parsed;
  return { ...parsed, diagnostics: validateDefinition(parsed.definition, type, expressions) };
}

/** Reads a definition's text. Nothing at all is no object (recorded), and no fault of its JSON. */
export function parseDefinition(text: string): Read {
  if (text.trim() === '') return { definition: null, diagnostics: [] };
  if (isTooDeep(text)) return unreadable('Document nesting depth exceeds the maximum allowed (1000)');
  try {
    return { definition: JSON.parse(text), diagnostics: [] };
  } catch {
    const { reason, location } = jsonFault(text);
    return unreadable(`${reason}\n at ${location}`, location);
  }
}

const unreadable = (message: string, location?: string): Read => ({
  definition: undefined,
  diagnostics: [{ code: 'INVALID_JSON_DESCRIPTION', message, ...(location && { location }) }],
});
