import type { Report } from './diagnostics.ts';
import { CATCHER_FIELDS, RETRIER_FIELDS } from './fields.ts';
import { checkShape, type Json } from './shape.ts';

/** `Retry` and `Catch` of a state: their fields, their ranges, and `States.ALL` alone and last. */
export function checkRecovery(state: Json, location: string, report: Report): void {
  for (const [list, fields] of [
    ['Retry', RETRIER_FIELDS],
    ['Catch', CATCHER_FIELDS],
  ] as const) {
    const rules = Array.isArray(state[list]) ? state[list] : [];
    for (const [index, rule] of rules.entries()) {
      const at = `${location}/${list}[${index}]`;
      if (!checkShape(rule, fields, at, report)) continue;
      checkErrorEquals(rule, index === rules.length - 1, at, report);
      if (list === 'Retry') checkRanges(rule, at, report);
    }
  }
}

function checkErrorEquals(rule: Json, isLast: boolean, location: string, report: Report): void {
  const names = rule.ErrorEquals;
  if (!Array.isArray(names)) return;
  const at = `${location}/ErrorEquals`;
  if (names.length === 0) report.schema('Value cannot be empty', at);
  if (names.some((name) => typeof name !== 'string')) report.schema('Expected value of type String', at);
  if (names.includes('States.ALL') && (names.length > 1 || !isLast)) {
    report.schema('States.ALL must appear alone and at end of list', at);
  }
}

/** Bounds from the ASL specification and the developer guide, "Handling errors". */
const RANGES: Record<string, [least: number, most: number]> = {
  IntervalSeconds: [1, 99_999_999],
  MaxAttempts: [0, 99_999_999],
  BackoffRate: [1, Number.MAX_VALUE],
  MaxDelaySeconds: [1, 31_622_399],
};

function checkRanges(retrier: Json, location: string, report: Report): void {
  for (const [field, [least, most]] of Object.entries(RANGES)) {
    const value = retrier[field];
    if (typeof value === 'number' && (value < least || value > most)) {
      report.schema(`Value must be between ${least} and ${most}`, `${location}/${field}`);
    }
  }
  if (
    typeof retrier.MaxDelaySeconds === 'number' &&
    retrier.MaxDelaySeconds <= ((retrier.IntervalSeconds as number) ?? 1)
  ) {
    report.schema('MaxDelaySeconds must be greater than IntervalSeconds', `${location}/MaxDelaySeconds`);
  }
  const jitter = retrier.JitterStrategy;
  if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE') {
    report.schema(
      "The field 'JitterStrategy' should have one of these values: [FULL, NONE]",
      `${location}/JitterStrategy`,
    );
  }
}
