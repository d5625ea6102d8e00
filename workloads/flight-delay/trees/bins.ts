// Features cut into at most 256 bins, so that growing a tree counts bytes instead of sorting numbers.
// A threshold is always a value that occurs in the training rows: no rounding can put a row on the wrong side.

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row after row. */
  readonly values: Float32Array;
}

export interface BinnedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row after row: how many of its column's thresholds a value has reached. */
  readonly bins: Uint8Array;
  /** Per column, ascending; `value < thresholds[k]` exactly when `bin <= k`. */
  readonly thresholds: Float32Array[];
}

export function binMatrix(matrix: Matrix, maxBins: number): BinnedMatrix {
  const { rows, columns, values } = matrix;
  const bins = new Uint8Array(rows * columns);
  const thresholds: Float32Array[] = [];
  for (let column = 0; column < columns; column++) {
    const ofColumn = new Float32Array(rows);
    for (let row = 0; row < rows; row++) ofColumn[row] = values[row * columns + column] as number;
    const cuts = cutPoints(ofColumn, maxBins);
    for (let row = 0; row < rows; row++)
      bins[row * columns + column] = reached(cuts, ofColumn[row] as number);
    thresholds.push(cuts);
  }
  return { rows, columns, bins, thresholds };
}

/** Cuts at even quantiles; a column with few distinct values gets one cut between each two. */
function cutPoints(values: Float32Array, maxBins: number): Float32Array {
  const sorted = values.toSorted();
  const distinct = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
  if (distinct.length <= maxBins) return distinct.slice(1);
  const cuts = new Set<number>();
  for (let bin = 1; bin < maxBins; bin++) {
    const value = sorted[Math.floor((bin * sorted.length) / maxBins)] as number;
    // Nothing is smaller than the smallest value: a cut there would leave its left side empty.
    if (value > (sorted[0] as number)) cuts.add(value);
  }
  return Float32Array.from(cuts);
}

function reached(cuts: Float32Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
