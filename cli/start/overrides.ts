import { type Contract, check } from '../../functions/shared/check.ts';
import pipelineContract from '../../functions/shared/generated/schemas/pipeline.json' with { type: 'json' };
import { UsageError } from '../told.ts';

type Tree = { [name: string]: unknown };

/**
 * `train.hyperparameters.epochs=20` and others as one object of overrides.
 *
 * @throws UsageError with every fault: a path no pipeline has, a value of the wrong type
 */
export function readOverrides(assignments: readonly string[]): Tree | undefined {
  if (assignments.length === 0) return undefined;
  const overrides: Tree = {};
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    if (at < 1) {
      throw new UsageError(`--set is ${JSON.stringify(assignment)}; it must be path=value.`, [
        'For example --set train.hyperparameters.epochs=20',
      ]);
    }
    put(overrides, pathOf(assignment.slice(0, at)), readValue(assignment.slice(at + 1)), assignment);
  }
  const faults = check(partial, structuredClone(overrides));
  if (faults.length > 0) {
    throw new UsageError(
      'The pipeline cannot be overridden so.',
      faults.map(({ path, message }) => `--set ${path.replace(/^\$\.?/, '')} ${message}${hintOf(message)}`),
    );
  }
  return overrides;
}

/** A number where text belongs is mostly text that looks like one. */
const hintOf = (message: string): string =>
  /must be of type string$/.test(message) ? `; as text it is written '"1"', with both quotes` : '';

/** Dots part names; a name with a dot stands in brackets: `train.environment["a.b"]`. */
function pathOf(text: string): string[] {
  const names: string[] = [];
  const part = /\.?([^.[\]"]+)|\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]/gy;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (found === null) throw new UsageError(`--set ${text} is no path; write names with dots between them.`);
    if (found[3] !== undefined) {
      throw new UsageError(`--set ${text}: one item of a list cannot be set; give the whole list as JSON.`, [
        `For example --set ${text.slice(0, text.indexOf('['))}='["ml.m5.2xlarge"]'`,
      ]);
    }
    names.push(found[1] ?? (JSON.parse(found[2]!) as string));
  }
  return names;
}

/** JSON where it is JSON (a number, true, a list), text otherwise. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function put(tree: Tree, path: readonly string[], value: unknown, assignment: string): void {
  let branch = tree;
  for (const name of path.slice(0, -1)) {
    branch[name] ??= {};
    const next = branch[name];
    if (typeof next !== 'object' || next === null || Array.isArray(next)) {
      throw new UsageError(`--set ${assignment}: ${name} was set to a value before; give one of them.`);
    }
    branch = next as Tree;
  }
  const last = path.at(-1)!;
  if (last === '__proto__') throw new UsageError(`--set ${assignment}: there is no such field.`);
  if (Object.hasOwn(branch, last)) throw new UsageError(`--set ${assignment}: this is set twice.`);
  branch[last] = value;
}

/** The contract of a pipeline of which anything may be left out. */
const partial: Contract = withoutRequired(pipelineContract) as Contract;

function withoutRequired(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutRequired);
  if (typeof node !== 'object' || node === null) return node;
  const { required: _, properties, ...others } = node as { required?: unknown; properties?: object };
  return {
    // A gate needs its metric even in an override: a list is replaced as a whole.
    ...Object.fromEntries(
      Object.entries(others).map(([name, value]) => [
        name,
        name === 'items' ? value : withoutRequired(value),
      ]),
    ),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, withoutRequired(field)]),
      ),
      optional: Object.keys(properties),
    }),
  };
}
