import jsonata from 'jsonata';
import type { Clock } from '../../clock/clock.ts';
import type { Random } from '../../random.ts';
import { remembered } from '../../remembered.ts';
import { EvaluationError } from '../errors.ts';
import { depthOf, type Node } from './ast.ts';
import { ExpressionFault, faultText, STACK_OVERFLOW } from './engine-fault.ts';
import { compileFast, type Fast, type Lookup } from './fast.ts';
import { EXTRA_FUNCTIONS, SURROUNDINGS, type Surroundings } from './functions.ts';
import { addLimits } from './limits.ts';
import { SLOW } from './operators.ts';
import { type References, referencesOf } from './references.ts';

/** AWS refuses expressions that nest deeper than about this (measured from outside, see the fidelity table). */
const DEEPEST = 100;

/** What an expression can read. */
export interface Environment {
  readonly lookup: Lookup;
  /** Everything `lookup` knows as plain members, for the full engine. */
  bindings(): Record<string, unknown>;
}

/** One compiled expression, without the marks around it. */
export class Expression {
  readonly source: string;
  readonly references: References;
  readonly #parsed: Parsed;
  readonly #surroundings: Surroundings;

  /** @throws the jsonata package's syntax error: `{ code, position, message }` */
  constructor(source: string, surroundings: Surroundings) {
    this.source = source;
    this.#parsed = parsed(source);
    this.references = this.#parsed.references;
    this.#surroundings = surroundings;
  }

  /**
   * The value as plain JSON data, at once where that is possible.
   *
   * @param field the field of the state, for error texts
   * @param at where in the field the expression stands, such as `/a/b` or `[0]`
   * @throws EvaluationError also for a result of nothing; as a rejection when it answers later
   */
  evaluate(environment: Environment, field: string, at = ''): unknown {
    const { fast } = this.#parsed;
    const value = fast === undefined ? SLOW : fast(environment.lookup, this.#surroundings.clock);
    if (value === SLOW) return this.#evaluateLater(environment, field + at);
    if (value === undefined) throw this.failure(field + at, 'returned nothing (undefined).');
    return value;
  }

  failure(field: string, what: string): EvaluationError {
    return new EvaluationError(
      `The JSONata expression '${this.source}' specified for the field '${field}' ${what}`,
      field,
    );
  }

  async #evaluateLater(environment: Environment, field: string): Promise<unknown> {
    const value = await this.#runEngine(environment, field);
    if (value === undefined) throw this.failure(field, 'returned nothing (undefined).');
    if (value === NO_DATA) throw this.failure(field, 'returned an unsupported result type.');
    return value;
  }

  async #runEngine(environment: Environment, field: string): Promise<unknown> {
    try {
      if (this.#parsed.tooDeep) throw new ExpressionFault(STACK_OVERFLOW);
      this.#parsed.engine ??= engineOf(jsonata(this.source));
      const bindings = { ...environment.bindings(), [SURROUNDINGS]: this.#surroundings };
      return asData(await this.#parsed.engine.evaluate(undefined, bindings));
    } catch (thrown) {
      throw this.failure(field, faultText(thrown, this.source));
    }
  }
}

/** What an expression's text says, whichever world it is in. */
interface Parsed {
  readonly references: References;
  readonly tooDeep: boolean;
  readonly fast: Fast | undefined;
  /** The full engine, made at once for what always needs it. */
  engine: jsonata.Expression | undefined;
}

/** Many worlds open the same definitions, and parsing is most of what that costs. */
const known = new Map<string, Parsed>();
const MOST_KNOWN = 10_000;

function parsed(source: string): Parsed {
  if (known.size > MOST_KNOWN) known.clear();
  return remembered(known, source, () => {
    const expression = jsonata(source);
    const ast = astOf(expression);
    const tooDeep = depthOf(ast) > DEEPEST;
    const fast = tooDeep ? undefined : compileFast(ast);
    const engine = tooDeep || fast !== undefined ? undefined : engineOf(expression);
    return { references: referencesOf(ast), tooDeep, fast, engine };
  });
}

const astOf = (expression: jsonata.Expression): Node => expression.ast() as unknown as Node;

/** The full engine with the functions and the limits of Step Functions, for whichever world evaluates. */
function engineOf(engine: jsonata.Expression): jsonata.Expression {
  for (const { name, signature, implementation } of EXTRA_FUNCTIONS) {
    engine.registerFunction(name, implementation as () => unknown, signature);
  }
  // Unavailable at AWS, where calling it is T1006: Attempted to invoke a non-function.
  engine.assign('eval', undefined);
  addLimits(engine, astOf(engine));
  return engine;
}

/** What has a function in it, alone or at any depth. */
const NO_DATA = Symbol('no data');

/** The engine marks its arrays; as text and back they are data like any other. Infinity becomes null. */
function asData(value: unknown): unknown {
  if (typeof value === 'function' || holdsFunction(value)) return NO_DATA;
  return typeof value === 'object' || typeof value === 'number' ? JSON.parse(JSON.stringify(value)) : value;
}

/** A match's own `next` is none of the engine's marked functions, and is left out. */
function holdsFunction(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsFunction);
  return (
    '_jsonata_lambda' in value || '_jsonata_function' in value || Object.values(value).some(holdsFunction)
  );
}

/** Compiles each distinct expression once. */
export class Expressions {
  readonly #compiled = new Map<string, Expression>();
  readonly #surroundings: Surroundings;

  constructor(clock: Clock, random: Random) {
    this.#surroundings = { clock, random };
  }

  compile(source: string): Expression {
    let expression = this.#compiled.get(source);
    if (expression === undefined) {
      expression = new Expression(source, this.#surroundings);
      this.#compiled.set(source, expression);
    }
    return expression;
  }
}
