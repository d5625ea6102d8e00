import { duration } from '../report/format.ts';

/** A duration with plain spaces: a terminal's font may not have narrow ones. */
export function took(ms: number): string {
  return duration(ms).replaceAll('\u202f', ' ');
}
