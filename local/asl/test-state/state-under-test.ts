import { AwsError, validationError } from '../../aws-error.ts';
import { parseResource, type Resource } from '../integrations/resource.ts';
import type { Expressions } from '../jsonata/expression.ts';
import { parseDefinition } from '../validate/definition-text.ts';
import { type Diagnostic, invalidDefinitionMessage, Report } from '../validate/diagnostics.ts';
import { isObject, type Json } from '../validate/shape.ts';
import { checkState } from '../validate/states.ts';
import { checksOf, validateDefinition } from '../validate/validate.ts';

/** What AWS calls a state that it tests, whatever its name in its machine (recorded). */
export const TESTED_NAME = 'StateName';

export interface StateUnderTest {
  readonly definition: Json;
  /** Of a Task whose integration this world knows. */
  readonly resource: Resource | undefined;
  /** What only this world refuses in the state itself. */
  readonly notModelled: readonly Diagnostic[];
}

/**
 * The state that a definition is, or the one of that name in a whole machine.
 *
 * @throws AwsError `InvalidDefinition` or `ValidationException`
 */
export function stateUnderTest(
  text: string,
  stateName: string | undefined,
  expressions: Expressions,
): StateUnderTest {
  const { definition, diagnostics } = parseDefinition(text);
  refuse(diagnostics);
  if (stateName === undefined) {
    const machine = { States: { [TESTED_NAME]: definition } };
    return tested(definition, `/States/${TESTED_NAME}`, machine, expressions);
  }
  refuse(validateDefinition(definition, 'STANDARD', expressions));
  const found = findState(definition, stateName, '');
  if (found === undefined) throw validationError('State not found in definition');
  return tested(found.state, found.location, definition as Json, expressions);
}

function tested(
  definition: unknown,
  location: string,
  machine: Json,
  expressions: Expressions,
): StateUnderTest {
  const report = new Report();
  checkState(definition, location, checksOf(machine, 'STANDARD', expressions, report));
  refuse(report.diagnostics);
  const state = definition as Json;
  const resource = typeof state.Resource === 'string' ? parseResource(state.Resource) : undefined;
  return {
    definition: state,
    resource: resource === undefined || 'notModelled' in resource ? undefined : resource,
    // States inside are not run.
    notModelled: report.diagnostics.filter(({ location: at }) =>
      [location, `${location}/Resource`].includes(at ?? ''),
    ),
  };
}

function refuse(diagnostics: readonly Diagnostic[]): void {
  const faults = diagnostics.filter(({ code }) => code !== 'NOT_MODELLED_LOCALLY');
  if (faults.length > 0) throw new AwsError('InvalidDefinition', invalidDefinitionMessage(faults));
}

function findState(
  container: unknown,
  name: string,
  location: string,
): { state: Json; location: string } | undefined {
  if (!isObject(container) || !isObject(container.States)) return undefined;
  for (const [key, state] of Object.entries(container.States)) {
    const at = `${location}/States/${key}`;
    if (!isObject(state)) continue;
    if (key === name) return { state, location: at };
    const inner = Array.isArray(state.Branches) ? state.Branches : [];
    const found =
      findState(state.ItemProcessor, name, `${at}/ItemProcessor`) ??
      inner.map((branch, index) => findState(branch, name, `${at}/Branches[${index}]`)).find(Boolean);
    if (found !== undefined) return found;
  }
  return undefined;
}
