/** Answered when only the full engine can tell: arrays in a path, wrong types, anything unusual. */
export const SLOW = Symbol('needs the full engine');

type Apply = (left: unknown, right: unknown) => unknown;

const numbers =
  (calculate: (left: number, right: number) => number): Apply =>
  (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') return SLOW;
    const result = calculate(left, right);
    return Number.isFinite(result) ? result : SLOW;
  };

const ordered =
  (compare: (left: number | string, right: number | string) => boolean): Apply =>
  (left, right) =>
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string')
      ? compare(left, right)
      : SLOW;

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

/** Operators on scalars, by their signs. Each answers only where the engine's answer is beyond doubt. */
export const OPERATORS: Record<string, Apply> = {
  '=': (left, right) => {
    if (left === undefined || right === undefined) return false;
    return isScalar(left) || isScalar(right) ? left === right : SLOW;
  },
  '!=': (left, right) => {
    if (left === undefined || right === undefined) return false;
    return isScalar(left) || isScalar(right) ? left !== right : SLOW;
  },
  '&': (left, right) => {
    const leftText = textOf(left);
    const rightText = textOf(right);
    return leftText === undefined || rightText === undefined ? SLOW : leftText + rightText;
  },
  in: (left, right) => {
    if (left === undefined || right === undefined) return false;
    return Array.isArray(right) ? right.includes(left) : left === right;
  },
  '+': numbers((left, right) => left + right),
  '-': numbers((left, right) => left - right),
  '*': numbers((left, right) => left * right),
  '/': numbers((left, right) => left / right),
  '%': numbers((left, right) => left % right),
  '<': ordered((left, right) => left < right),
  '<=': ordered((left, right) => left <= right),
  '>': ordered((left, right) => left > right),
  '>=': ordered((left, right) => left >= right),
};

/** The text of a scalar as `$string` writes it; undefined where the engine must say. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  // The engine rounds to 15 digits.
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return undefined;
}
