import { type Contract, readContracts } from './contracts.ts';
import { slimContract } from './slim-contract.ts';

/** A contract that stands alone: its schema and every definition it reaches, without what only people read. */
export interface BareContract {
  readonly root: unknown;
  readonly definitions: Record<string, unknown>;
}

/** Every contract as data for `functions/shared/check.ts`. References become keys of `definitions`. */
export function bareContracts(): Map<string, BareContract> {
  const contracts = readContracts();
  return new Map(
    contracts
      .filter(({ name }) => name !== 'common')
      .map((contract) => {
        const definitions: Record<string, unknown> = {};
        const root = bare(contract.schema, contract.name, contracts, definitions);
        return [contract.name, slimContract({ root, definitions })];
      }),
  );
}

/** A longer example shows less than the pattern does. */
const LONGEST_EXAMPLE = 39;

/** What a function is handed on and another has held to its contract is not held to it again. */
const HELD_BEFORE = 'Held to its contract before.';

const FOR_PEOPLE = new Set(['title', 'description', 'examples', '$schema', '$id', 'definitions']);

function bare(
  node: unknown,
  file: string,
  contracts: readonly Contract[],
  definitions: Record<string, unknown>,
  keysAreFields = false,
): unknown {
  if (Array.isArray(node)) return node.map((item) => bare(item, file, contracts, definitions));
  if (typeof node !== 'object' || node === null) return node;
  const written = node as Record<string, unknown>;
  if (!keysAreFields && written.$comment === HELD_BEFORE) return { type: 'object' };
  const [shown] = Array.isArray(written.examples) ? written.examples : [];
  const isHelpful = 'pattern' in written && String(shown).length <= LONGEST_EXAMPLE;
  const example = shown !== undefined && isHelpful ? { example: shown } : {};
  const entries = Object.entries(node)
    .filter(([key]) => keysAreFields || !FOR_PEOPLE.has(key))
    .map(([key, value]) => {
      if (key === '$ref' && !keysAreFields) return [key, define(String(value), file, contracts, definitions)];
      if (key === 'default' || key === 'enum' || key === 'const') return [key, value];
      return [key, bare(value, file, contracts, definitions, !keysAreFields && key === 'properties')];
    });
  if (keysAreFields) return Object.fromEntries(entries);
  // What a pattern means is best told by something that matches it.
  return { ...Object.fromEntries(entries), ...example };
}

/** Puts what `reference` points at among the definitions and answers its key there. */
function define(
  reference: string,
  file: string,
  contracts: readonly Contract[],
  definitions: Record<string, unknown>,
): string {
  const [target, pointer = ''] = reference.split('#');
  const name = target ? target.replace('.schema.json', '') : file;
  const key = `${name}${pointer.replace('/definitions/', '/')}`;
  if (!(key in definitions)) {
    const contract = contracts.find((candidate) => candidate.name === name);
    const found = pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((node, step) => (node as Record<string, unknown>)?.[step], contract?.schema);
    if (found === undefined) throw new Error(`schemas/${file}.schema.json: nothing stands at ${reference}`);
    definitions[key] = null; // Taken, in case the definition reaches itself.
    definitions[key] = bare(found, name, contracts, definitions);
  }
  return key;
}
