import { readPath, type WrittenPath } from './paths.ts';
import { Complaint, Tokens } from './tokens.ts';

export type WrittenOperand =
  | { readonly kind: 'path'; readonly path: WrittenPath }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly operands: readonly WrittenOperand[] };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type WrittenCondition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly [WrittenCondition, WrittenCondition] }
  | { readonly kind: 'not'; readonly part: WrittenCondition }
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly operands: readonly WrittenOperand[] }
  | { readonly kind: 'between' | 'in'; readonly operands: readonly WrittenOperand[] }
  | Extract<WrittenOperand, { kind: 'function' }>;

export interface WrittenConditionExpression {
  readonly condition: WrittenCondition;
  readonly paths: readonly WrittenPath[];
}

/** How many operands each function takes. */
const FUNCTIONS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

/**
 * The text of a ConditionExpression, FilterExpression or KeyConditionExpression,
 * with all that can be judged without its names and values.
 *
 * @throws Complaint
 */
export const readCondition = (text: string): WrittenConditionExpression => {
  const reader = new ConditionReader(text);
  return { condition: reader.read(), paths: reader.paths };
};

class ConditionReader {
  readonly paths: WrittenPath[] = [];
  readonly #tokens: Tokens;
  /** What is wrong beyond the syntax, which must be known to be right first. */
  #hasRedundantParentheses = false;
  #unknownFunction: string | undefined;
  #misusedFunction: string | undefined;

  constructor(text: string) {
    this.#tokens = new Tokens(text);
  }

  read(): WrittenCondition {
    const condition = this.#or();
    if (this.#tokens.next.kind !== 'end') throw this.#tokens.unexpected();
    if (this.#hasRedundantParentheses) throw new Complaint('The expression has redundant parentheses;');
    if (this.#unknownFunction !== undefined) {
      throw new Complaint(`Invalid function name; function: ${this.#unknownFunction}`);
    }
    if (this.#misusedFunction !== undefined) {
      throw new Complaint(
        `The function is not allowed to be used this way in an expression; function: ${this.#misusedFunction}`,
      );
    }
    return condition;
  }

  #or(): WrittenCondition {
    let condition = this.#and();
    while (this.#tokens.takeIf('OR')) condition = { kind: 'or', parts: [condition, this.#and()] };
    return condition;
  }

  #and(): WrittenCondition {
    let condition = this.#not();
    while (this.#tokens.takeIf('AND')) condition = { kind: 'and', parts: [condition, this.#not()] };
    return condition;
  }

  #not(): WrittenCondition {
    return this.#tokens.takeIf('NOT') ? { kind: 'not', part: this.#not() } : this.#primary();
  }

  #primary(): WrittenCondition {
    if (this.#tokens.is('(') && !this.#isOperandInParentheses()) {
      this.#tokens.take();
      if (this.#tokens.is('(') && this.#closesTwice()) this.#hasRedundantParentheses = true;
      const condition = this.#or();
      this.#tokens.require(')');
      return condition;
    }
    return this.#comparison();
  }

  #comparison(): WrittenCondition {
    const operand = this.#operand();
    const { next } = this.#tokens;
    if (next.kind === 'symbol' && ['=', '<>', '<', '<=', '>', '>='].includes(next.text)) {
      this.#tokens.take();
      const operands = [operand, this.#operand()];
      for (const each of operands) this.#refuseAsOperand(each);
      return { kind: 'compare', operator: next.text as Comparator, operands };
    }
    if (this.#tokens.takeIf('BETWEEN')) {
      const low = this.#operand();
      this.#tokens.require('AND');
      const operands = [operand, low, this.#operand()];
      for (const each of operands) this.#refuseAsOperand(each);
      return { kind: 'between', operands };
    }
    if (this.#tokens.takeIf('IN')) {
      this.#tokens.require('(');
      const operands = [operand, this.#operand()];
      while (this.#tokens.takeIf(',')) operands.push(this.#operand());
      this.#tokens.require(')');
      for (const each of operands) this.#refuseAsOperand(each);
      return { kind: 'in', operands };
    }
    if (operand.kind !== 'function') throw this.#tokens.unexpected();
    // Its size is a number, and a number is no condition.
    if (operand.name === 'size') this.#misusedFunction ??= operand.name;
    return operand;
  }

  #operand(): WrittenOperand {
    const { next, afterNext } = this.#tokens;
    if (this.#tokens.takeIf('(')) {
      if (this.#tokens.is('(')) this.#hasRedundantParentheses = true;
      const operand = this.#operand();
      this.#tokens.require(')');
      return operand;
    }
    if (next.kind === ':value') return { kind: 'value', name: this.#tokens.take().text };
    if (next.kind === 'name' && afterNext?.text === '(') return this.#function();
    const path = readPath(this.#tokens);
    this.paths.push(path);
    return { kind: 'path', path };
  }

  #function(): WrittenOperand {
    const { text: name } = this.#tokens.take();
    this.#tokens.require('(');
    const operands = [this.#operand()];
    while (this.#tokens.takeIf(',')) operands.push(this.#operand());
    this.#tokens.require(')');
    if (!Object.hasOwn(FUNCTIONS, name)) this.#unknownFunction ??= name;
    for (const operand of operands) this.#refuseAsOperand(operand);
    return { kind: 'function', name, operands };
  }

  #refuseAsOperand(operand: WrittenOperand): void {
    if (operand.kind === 'function' && operand.name !== 'size') this.#misusedFunction ??= operand.name;
  }

  /** Whether the parenthesis at hand holds an operand, `(a) = :b`, and no condition. */
  #isOperandInParentheses(): boolean {
    const after = this.#tokens.afterParentheses();
    return after !== undefined && OPERATORS.has(after.text.toUpperCase()) && !this.#tokens.holdsCondition();
  }

  /** `((…))`: the inner pair is all that the outer one holds. */
  #closesTwice(): boolean {
    return this.#tokens.afterParentheses()?.text === ')';
  }
}

const OPERATORS = new Set(['=', '<>', '<', '<=', '>', '>=', 'BETWEEN', 'IN']);

/** @returns how many operands a known function takes */
export const operandCount = (name: string): number => FUNCTIONS[name]!;
