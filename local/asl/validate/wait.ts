import { momentOf } from '../moment.ts';
import { expressionIn } from '../template.ts';
import type { Report } from './diagnostics.ts';
import type { Json } from './shape.ts';

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** A moment that is written out must be one. */
export function checkWait({ Timestamp }: Json, location: string, report: Report): void {
  if (Timestamp === undefined || expressionIn(Timestamp) !== undefined) return;
  const isMoment = typeof Timestamp === 'string' && !Number.isNaN(momentOf(Timestamp, RFC3339));
  if (!isMoment) report.schema('String does not match RFC3339 timestamp', `${location}/Timestamp`);
}
