import { outcomeLook } from '../report/outcome.ts';
import type { Paint } from './paint.ts';
import { took } from './took.ts';
import { plainText } from './width.ts';

export interface ReleaseEnded {
  readonly id: string;
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly atMs: number;
}

/** A release that is over, in one line. */
export function endingLine(
  { id, outcome, reasons, atMs }: ReleaseEnded,
  startedAtMs: number | undefined,
  paint: Paint,
): string {
  const look = outcomeLook(outcome);
  const time = startedAtMs === undefined ? '' : `  ${paint.quiet(took(atMs - startedAtMs))}`;
  const why = reasons.length === 0 ? '' : `  ${plainText(reasons.join('; '))}`;
  return `${paint[look.tone](`${look.mark} ${plainText(look.word)}`)}  ${paint.strong(plainText(id))}${time}${why}`;
}
