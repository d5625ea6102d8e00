import { expressionIn } from '../../asl/template.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** Fields of a state that hold states of their own. */
const INNER = new Set(['Branches', 'ItemProcessor']);

interface States {
  readonly States: Readonly<Record<string, object>>;
}

/**
 * Which of the machine's variables each state reads, inner states too, in the
 * order of the alphabet. States that read none are not there (recorded by AWS).
 */
export function variableReferences(
  definition: string,
  { expressions }: StepFunctions,
): { variableReferences?: Record<string, string[]> } {
  const assigned = new Set<string>();
  const mentioned = new Map<string, Set<string>>();

  const readStates = ({ States }: States): void => {
    for (const [name, state] of Object.entries(States)) {
      const names = new Set<string>();
      mentioned.set(name, names);
      for (const [field, value] of Object.entries(state)) {
        if (INNER.has(field)) [value].flat().forEach(readStates);
        else read(field, value, names);
      }
    }
  };
  const read = (field: string, value: unknown, names: Set<string>): void => {
    const source = expressionIn(value);
    if (source !== undefined) {
      for (const name of expressions.compile(source).references.variables) names.add(name);
    } else if (typeof value === 'object' && value !== null) {
      if (field === 'Assign') for (const name of Object.keys(value)) assigned.add(name);
      for (const [key, member] of Object.entries(value)) read(key, member, names);
    }
  };

  readStates(JSON.parse(definition));
  const references = [...mentioned]
    .map(([state, names]) => [state, [...names].filter((name) => assigned.has(name)).sort()] as const)
    .filter(([, names]) => names.length > 0);
  return references.length > 0 ? { variableReferences: Object.fromEntries(references) } : {};
}
