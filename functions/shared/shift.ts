import type { Shift } from './generated/contracts.ts';

/** A shift with every field that its type takes. */
export interface ResolvedShift extends Shift {
  readonly percent: number;
  readonly bakeSeconds: number;
  readonly terminationWaitSeconds: number;
}

/** The pipeline's shift with the defaults of its type filled in. */
export const shiftOf = ({
  deploy: { shift },
}: {
  readonly deploy: { readonly shift: Shift };
}): ResolvedShift => ({
  percent: 25,
  bakeSeconds: 600,
  terminationWaitSeconds: 120,
  ...shift,
});
