import type { Expressions } from '../jsonata/expression.ts';
import { expressionIn } from '../template.ts';
import type { Report } from './diagnostics.ts';
import { NOT_MARKED } from './shape.ts';

/** Members of `$states` that every field may read. */
const ALWAYS = ['input', 'context'];

/**
 * Every expression in a template: is it marked at both ends, does it parse, does
 * it start from `$states` or a variable, and does it read only what `$states`
 * offers in this field?
 */
export function checkExpressions(
  value: unknown,
  location: string,
  offered: 'result' | 'errorOutput' | undefined,
  expressions: Expressions,
  report: Report,
): void {
  const source = expressionIn(value);
  if (source !== undefined) checkExpression(source, location, offered, expressions, report);
  else if (typeof value === 'string') {
    if (value.startsWith('{%')) report.schema(NOT_MARKED, location);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      checkExpressions(item, `${location}[${index}]`, offered, expressions, report);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      checkExpressions(member, `${location}/${key}`, offered, expressions, report);
    }
  }
}

function checkExpression(
  source: string,
  location: string,
  offered: string | undefined,
  expressions: Expressions,
  report: Report,
): void {
  try {
    const { topLevel, states } = expressions.compile(source).references;
    for (const name of topLevel) {
      const where = name === '$$' ? '' : ' at the top level';
      report.add(
        'UNSUPPORTED_JSONATA_EXPRESSION',
        `Reference to '${name}'${where} is not supported.`,
        location,
      );
    }
    for (const member of states) {
      if (ALWAYS.includes(member) || member === offered) continue;
      report.add('UNSUPPORTED_JSONATA_EXPRESSION', `Field '$states.${member}' does not exist.`, location);
    }
  } catch (error) {
    // AWS gives the engine's message without its code.
    report.add('INVALID_JSONATA_EXPRESSION', (error as { message: string }).message, location);
  }
}
