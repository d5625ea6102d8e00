import type { Expressions } from '../jsonata/expression.ts';
import type { Machine } from '../machine.ts';
import { type Diagnostic, Report } from './diagnostics.ts';
import { MACHINE_FIELDS } from './fields.ts';
import { hasJsonataState } from './neutral.ts';
import { checkShape, isObject, type Json } from './shape.ts';
import { checkStates } from './states.ts';
import { checkTransitions } from './transitions.ts';
import { checkVariables } from './variables.ts';

/** Everything a state's checks need to know. */
export interface Checks {
  readonly type: Machine['type'];
  readonly expressions: Expressions;
  readonly report: Report;
  /** Of the machine; every state that names none is written in it, however deep. */
  readonly language: string;
  /** Some states are written in JSONata, though the machine as a whole is not. */
  readonly isMixed: boolean;
  /** State names met so far: they are unique in the whole machine. */
  readonly names: Set<string>;
  readonly labels: Set<string>;
}

/**
 * What AWS would refuse when the machine is created, and what this local world
 * cannot run. An empty list means that the definition can be compiled.
 */
export function validateDefinition(
  definition: unknown,
  type: Machine['type'],
  expressions: Expressions,
): readonly Diagnostic[] {
  const report = new Report();
  if (!isObject(definition)) {
    report.add('SCHEMA_VALIDATION_FAILED', 'Definition must be a valid JSON object');
    return report.diagnostics;
  }
  const checks = checksOf(definition, type, expressions, report);
  if (checkShape(definition, MACHINE_FIELDS, '', report) && isObject(definition.States)) {
    checkStates(definition, '', checks);
    if (report.diagnostics.length === 0) checkVariables(definition, '', new Set(), report);
    // Transitions between states that are no states would only repeat the faults above.
    if (report.diagnostics.length === 0) checkAllTransitions(definition, '', report);
  }
  return report.diagnostics;
}

export const checksOf = (
  definition: Json,
  type: Machine['type'],
  expressions: Expressions,
  report: Report,
): Checks => ({
  type,
  expressions,
  report,
  language: typeof definition.QueryLanguage === 'string' ? definition.QueryLanguage : 'JSONPath',
  isMixed: hasJsonataState(definition),
  names: new Set(),
  labels: new Set(),
});

function checkAllTransitions(container: Json, location: string, report: Report): void {
  checkTransitions(container, location, report);
  for (const [name, state] of Object.entries(container.States as Record<string, Json>)) {
    const at = `${location}/States/${name}`;
    if (isObject(state.ItemProcessor))
      checkAllTransitions(state.ItemProcessor, `${at}/ItemProcessor`, report);
    for (const [index, branch] of ((state.Branches ?? []) as Json[]).entries()) {
      checkAllTransitions(branch, `${at}/Branches[${index}]`, report);
    }
  }
}
