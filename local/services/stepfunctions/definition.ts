import { compileMachine } from '../../asl/compile.ts';
import type { Machine } from '../../asl/machine.ts';
import { type Read, readDefinition } from '../../asl/validate/definition-text.ts';
import { invalidDefinitionMessage } from '../../asl/validate/diagnostics.ts';
import { AwsError } from '../../aws-error.ts';
import { remembered } from '../../remembered.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** Definitions read before, in any world: whether a text is right depends on the text alone. */
const known = new Map<string, Read>();
const MOST_KNOWN = 500;

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
  if (known.size > MOST_KNOWN) known.clear();
  const { definition, diagnostics } = remembered(known, `${type} ${text}`, () =>
    readDefinition(text, type, expressions),
  );
  if (diagnostics.length > 0) throw new AwsError('InvalidDefinition', invalidDefinitionMessage(diagnostics));
  return compileMachine(definition, type, expressions);
}
