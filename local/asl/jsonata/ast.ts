/** A node of the `jsonata` package's syntax tree, as far as it is looked at here. */
export interface Node {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a literal, a name, an operator or nothing, by type.
  readonly value?: any;
  readonly steps?: readonly Node[];
  readonly stages?: readonly { readonly expr: Node }[];
  readonly predicate?: readonly { readonly expr: Node }[];
  readonly group?: { readonly lhs: readonly (readonly [Node, Node])[] };
  readonly lhs?: Node | readonly (readonly [Node, Node])[];
  readonly rhs?: Node;
  readonly expression?: Node;
  readonly expressions?: readonly Node[];
  readonly arguments?: readonly Node[];
  readonly procedure?: Node;
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly body?: Node;
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
  readonly consarray?: boolean;
  readonly tuple?: unknown;
  readonly focus?: unknown;
  readonly index?: unknown;
  readonly ancestor?: unknown;
  readonly nextFunction?: unknown;
  readonly thunk?: unknown;
}

/** Every direct part of a node that is itself a node, with whether it sees an item as its context (`$`). */
export function partsOf(node: Node): readonly Part[] {
  const parts: Part[] = [];
  const { steps, stages, predicate, group } = node;
  steps?.forEach((part, index) => {
    parts.push({ part, inContext: index > 0 });
  });
  for (const { expr } of stages ?? []) parts.push({ part: expr, inContext: true });
  for (const { expr } of predicate ?? []) parts.push({ part: expr, inContext: true });
  for (const pair of group?.lhs ?? []) for (const part of pair) parts.push({ part, inContext: true });
  const within = node.type === 'lambda' || node.type === 'transform' || node.type === 'sort';
  for (const value of Object.values(node) as unknown[]) {
    if (typeof value !== 'object' || value === null) continue;
    if (value === steps || value === stages || value === predicate || value === group) continue;
    addPlainParts(value, within, parts);
  }
  return parts;
}

interface Part {
  readonly part: Node;
  readonly inContext: boolean;
}

function addPlainParts(value: unknown, inContext: boolean, parts: Part[]): void {
  if (Array.isArray(value)) for (const each of value) addPlainParts(each, inContext, parts);
  else if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    if ('type' in value) parts.push({ part: value as Node, inContext });
    else if ('expression' in value) addPlainParts(value.expression, true, parts);
  }
}

/** How deeply nodes nest. AWS stops at about 100 nested evaluations. */
export function depthOf(node: Node): number {
  let deepest = 0;
  for (const { part } of partsOf(node)) deepest = Math.max(deepest, depthOf(part));
  return deepest + 1;
}
