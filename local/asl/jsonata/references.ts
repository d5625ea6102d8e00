import { type Node, partsOf } from './ast.ts';

/** What an expression reads from outside itself. */
export interface References {
  /** Field names, `$` or `$$` read where there is no context; AWS refuses them at creation. */
  readonly topLevel: readonly string[];
  /** Members of `$states` that are read by name: `input`, `result`, `errorOutput`, `context`. */
  readonly states: readonly string[];
  /** Every variable that is mentioned: the machine's, the expression's own and functions. */
  readonly variables: readonly string[];
}

export function referencesOf(ast: Node): References {
  const topLevel = new Set<string>();
  const states = new Set<string>();
  walk(ast, false, topLevel, states);
  const variables = new Set<string>();
  collectVariables(ast, variables);
  return { topLevel: [...topLevel], states: [...states], variables: [...variables] };
}

function collectVariables(node: Node, variables: Set<string>): void {
  if (node.type === 'variable') variables.add(String(node.value));
  for (const { part } of partsOf(node)) collectVariables(part, variables);
}

function walk(node: Node, inContext: boolean, topLevel: Set<string>, states: Set<string>): void {
  if (!inContext && node.type === 'name') topLevel.add(String(node.value));
  if (node.type === 'variable' && node.value === '$') topLevel.add('$$');
  if (!inContext && node.type === 'variable' && node.value === '') topLevel.add('$');
  if (!inContext && (node.type === 'wildcard' || node.type === 'descendant'))
    topLevel.add(String(node.value));
  if (node.type === 'path') {
    const [first, second] = node.steps!;
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
      states.add(String(second.value));
    }
  }
  for (const { part, inContext: within } of partsOf(node)) walk(part, inContext || within, topLevel, states);
}
