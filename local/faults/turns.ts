import type { Random } from '../random.ts';

/** Tells for one fault whether the next matching call or event is meant. */
export type Turn = () => boolean;

/**
 * @param first the first one that is meant, counted from 1; all are when left out
 * @param times how many from there; 1 when a first is named
 */
export const turn = (
  random: () => Random,
  {
    first,
    times = first === undefined ? Number.POSITIVE_INFINITY : 1,
    share,
  }: {
    readonly first: number | undefined;
    readonly times?: number | undefined;
    readonly share?: number | undefined;
  },
): Turn => {
  const from = first ?? 1;
  const chance = share === undefined ? undefined : random();
  let count = 0;
  return () => {
    count += 1;
    if (count < from || count >= from + times) return false;
    return chance === undefined || chance.number() < share!;
  };
};
