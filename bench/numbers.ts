/** The middle of several measurements: one slow moment of a busy machine does not move it. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Three digits say all that a measurement of this kind can. */
export const rounded = (value: number): string =>
  (value >= 100 ? Math.round(value) : Number(value.toPrecision(3))).toLocaleString('en-GB');

export const ratio = (value: number, bare: number): string => `${(value / bare).toFixed(2)} ×`;
