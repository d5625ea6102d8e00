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
export function* partsOf(node: Node): Generator<{ part: Node; inContext: boolean }> {
  for (const [index, step] of (node.steps ?? []).entries()) yield { part: step, inContext: index > 0 };
  for (const { expr } of node.stages ?? []) yield { part: expr, inContext: true };
  for (const { expr } of node.predicate ?? []) yield { part: expr, inContext: true };
  for (const pair of node.group?.lhs ?? []) for (const part of pair) yield { part, inContext: true };
  for (const value of Object.values(node) as unknown[]) {
    if (value === node.steps || value === node.stages || value === node.predicate || value === node.group)
      continue;
    yield* plainParts(value, node.type === 'lambda' || node.type === 'transform' || node.type === 'sort');
  }
}

function* plainParts(value: unknown, inContext: boolean): Generator<{ part: Node; inContext: boolean }> {
  if (Array.isArray(value)) for (const each of value) yield* plainParts(each, inContext);
  else if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    if ('type' in value) yield { part: value as Node, inContext };
    else if ('expression' in value) yield* plainParts(value.expression, true);
  }
}

/** How deeply nodes nest. AWS stops at about 100 nested evaluations. */
export function depthOf(node: Node): number {
  let deepest = 0;
  for (const { part } of partsOf(node)) deepest = Math.max(deepest, depthOf(part));
  return deepest + 1;
}
