import { validationError } from '../../../aws-error.ts';
import { remembered } from '../../../remembered.ts';
import { type AttributeValue, checkedValue } from '../attribute-value.ts';
import { isReserved } from './reserved-words.ts';
import { Complaint } from './tokens.ts';

export interface ExpressionInput {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The names and values that a request's expressions may use, and which of them they did. */
export class Names {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values = new Map<string, AttributeValue>();
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  /** @throws AwsError ValidationException */
  constructor(input: ExpressionInput) {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    checkKeys('ExpressionAttributeNames', names, /^#[0-9a-zA-Z_]+$/);
    checkKeys('ExpressionAttributeValues', values, /^:[0-9a-zA-Z_]+$/);
    this.#names = names ?? {};
    for (const [key, value] of Object.entries(values ?? {}))
      this.#values.set(key, checkedArgument(key, value));
    this.#unusedNames = new Set(Object.keys(this.#names));
    this.#unusedValues = new Set(this.#values.keys());
  }

  /** @throws Complaint for a reserved word or an unknown name */
  attribute(written: string): string {
    if (!written.startsWith('#')) return written;
    this.#unusedNames.delete(written);
    if (Object.hasOwn(this.#names, written)) return this.#names[written]!;
    throw new Complaint(
      `An expression attribute name used in the document path is not defined; attribute name: ${written}`,
    );
  }

  /** @throws Complaint for an unknown one */
  value(written: string): AttributeValue {
    this.#unusedValues.delete(written);
    const value = this.#values.get(written);
    if (value !== undefined) return value;
    throw new Complaint(
      `An expression attribute value used in expression is not defined; attribute value: ${written}`,
    );
  }

  /**
   * Reads and resolves one expression; its text is read once for all requests.
   *
   * @throws AwsError ValidationException naming the expression
   */
  read<Written, Meaning>(
    kind: string,
    text: string,
    parse: (text: string) => Written,
    resolve: (written: Written, names: Names) => Meaning,
  ): Meaning {
    try {
      if (text.trim() === '') throw new Complaint('The expression can not be empty;');
      return resolve(parsed(kind, text, parse), this);
    } catch (error) {
      if (error instanceof Complaint) throw validationError(`Invalid ${kind}: ${error.message}`);
      throw error;
    }
  }

  /** @throws AwsError if a name or value was given that no expression uses */
  requireAllUsed(): void {
    for (const [kind, unused] of [
      ['Names', this.#unusedNames],
      ['Values', this.#unusedValues],
    ] as const) {
      if (unused.size === 0) continue;
      throw validationError(
        `Value provided in ExpressionAttribute${kind} unused in expressions: keys: {${[...unused].join(', ')}}`,
      );
    }
  }
}

/** @throws Complaint if one of the names that stand for themselves is a reserved word */
export const refuseReserved = (paths: Iterable<readonly (string | number)[]>): void => {
  for (const path of paths) {
    for (const piece of path) {
      if (typeof piece === 'string' && isReserved(piece)) {
        throw new Complaint(`Attribute name is a reserved keyword; reserved keyword: ${piece}`);
      }
    }
  }
};

/** Machines ask the same few expressions again and again. What is wrong with one is remembered too. */
const known = new Map<string, { written?: unknown; complaint?: Complaint }>();
const MOST_KNOWN = 5_000;

const parsed = <Written>(kind: string, text: string, parse: (text: string) => Written): Written => {
  if (known.size > MOST_KNOWN) known.clear();
  const { written, complaint } = remembered(known, `${kind} ${text}`, () => {
    try {
      return { written: parse(text) };
    } catch (error) {
      if (error instanceof Complaint) return { complaint: error };
      throw error;
    }
  });
  if (complaint !== undefined) throw complaint;
  return written as Written;
};

const checkKeys = (what: string, given: object | undefined, pattern: RegExp): void => {
  if (given === undefined) return;
  const keys = Object.keys(given);
  if (keys.length === 0) throw validationError(`${what} must not be empty`);
  for (const key of keys) {
    if (!pattern.test(key))
      throw validationError(`${what} contains invalid key: Syntax error; key: "${key}"`);
  }
};

const checkedArgument = (key: string, value: Readonly<Record<string, unknown>>): AttributeValue => {
  try {
    return checkedValue(value);
  } catch (error) {
    throw validationError(
      `ExpressionAttributeValues contains invalid value: ${(error as Error).message} for key ${key}`,
    );
  }
};
