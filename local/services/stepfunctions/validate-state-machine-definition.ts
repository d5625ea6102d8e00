import { readDefinition } from '../../asl/validate/definition-text.ts';
import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly definition: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly severity?: 'ERROR' | 'WARNING';
  readonly maxResults?: number;
}

/** How many diagnostics are told when nobody says (API reference). */
const MOST = 100;

/**
 * Judges a definition without making a machine of it.
 *
 * Every diagnostic is an error: AWS's warnings are all about JSONPath, so asking
 * for them as well brings nothing more.
 */
export const validateStateMachineDefinition =
  ({ expressions }: StepFunctions): Operation =>
  ({ definition, type = 'STANDARD', maxResults }: Input) => {
    const { diagnostics } = readDefinition(definition, type, expressions);
    const most = maxResults || MOST;
    return {
      result: diagnostics.length === 0 ? 'OK' : 'FAIL',
      diagnostics: diagnostics.slice(0, most).map((diagnostic) => ({ severity: 'ERROR', ...diagnostic })),
      truncated: diagnostics.length > most,
    };
  };
