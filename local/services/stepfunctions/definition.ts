import { compileMachine } from '../../asl/compile.ts';
import type { Machine } from '../../asl/machine.ts';
import { type Diagnostic, invalidDefinitionMessage } from '../../asl/validate/diagnostics.ts';
import { validateDefinition } from '../../asl/validate/validate.ts';
import { AwsError } from '../../aws-error.ts';
import { jsonFault } from './json-fault.ts';
import type { StepFunctions } from './stepfunctions.ts';

/**
 * A definition's text, checked and compiled.
 *
 * @throws AwsError `InvalidDefinition` with every fault that AWS would name
 */
export function compileDefinition(
  text: string,
  type: Machine['type'],
  { expressions }: StepFunctions,
): Machine {
  const parsed = parse(text);
  if ('diagnostic' in parsed) throw invalidDefinition([parsed.diagnostic]);
  const diagnostics = validateDefinition(parsed.definition, type, expressions);
  if (diagnostics.length > 0) throw invalidDefinition(diagnostics);
  return compileMachine(parsed.definition, type, expressions);
}

function parse(text: string): { definition: unknown } | { diagnostic: Diagnostic } {
  try {
    return { definition: JSON.parse(text) };
  } catch (error) {
    return { diagnostic: { code: 'INVALID_JSON_DESCRIPTION', message: jsonFault(text, error) } };
  }
}

const invalidDefinition = (diagnostics: readonly Diagnostic[]): AwsError =>
  new AwsError('InvalidDefinition', invalidDefinitionMessage(diagnostics));
