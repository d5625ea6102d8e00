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
      checkErrorEquals(rule, index === rules.length - 1, `${at}/ErrorEquals`, report);
      checkDelays(rule, at, report);
    }
  }
}

function checkErrorEquals(rule: Json, isLast: boolean, location: string, report: Report): void {
  const names = rule.ErrorEquals;
  if (!Array.isArray(names)) return;
  if (names.length === 0) report.schema('Value cannot be empty', location);
  for (const [index, name] of names.entries()) {
    const at = `${location}[${index}]`;
    if (typeof name !== 'string') report.schema('Expected value of type [STRING]', at);
    if (name === 'States.ALL' && (names.length > 1 || !isLast)) {
      report.schema('States.ALL must appear alone and at end of list', at);
    }
  }
}

/** Developer guide, "Handling errors"; AWS's words for it are not known. */
function checkDelays({ MaxDelaySeconds, IntervalSeconds }: Json, location: string, report: Report): void {
  if (typeof MaxDelaySeconds === 'number' && MaxDelaySeconds <= ((IntervalSeconds as number) ?? 1)) {
    report.schema('MaxDelaySeconds must be greater than IntervalSeconds', `${location}/MaxDelaySeconds`);
  }
}
