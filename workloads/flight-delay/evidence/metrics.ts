// How good a set of predictions is, each measure on its own.

/** A prediction with what really happened. */
export interface Outcome {
  readonly probability: number;
  readonly positive: boolean;
}

export interface Metrics {
  readonly auc: number;
  readonly logLoss: number;
  readonly accuracy: number;
  readonly brier: number;
  readonly calibrationError: number;
}

export function metricsOf(outcomes: readonly Outcome[]): Metrics {
  return {
    auc: areaUnderRoc(outcomes),
    logLoss: mean(outcomes, logLossOf),
    accuracy: mean(outcomes, ({ probability, positive }) => Number(probability >= 0.5 === positive)),
    brier: mean(outcomes, ({ probability, positive }) => (probability - Number(positive)) ** 2),
    calibrationError: calibrationError(outcomes),
  };
}

/**
 * The chance that a random positive scores above a random negative, from the sum of the positives' ranks.
 * Equal scores share the average of their ranks, which counts a tie as half a win. Without both classes
 * there is nothing to rank: 0.5, no better than chance.
 */
export function areaUnderRoc(outcomes: readonly Outcome[]): number {
  const sorted = outcomes.toSorted((one, other) => one.probability - other.probability);
  const positives = outcomes.filter(({ positive }) => positive).length;
  const negatives = outcomes.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  let rankSum = 0;
  for (let first = 0; first < sorted.length; ) {
    let next = first;
    let tiedPositives = 0;
    while (next < sorted.length && sorted[next]?.probability === sorted[first]?.probability) {
      if (sorted[next]?.positive) tiedPositives++;
      next++;
    }
    rankSum += tiedPositives * ((first + 1 + next) / 2);
    first = next;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

export function logLossOf({ probability, positive }: Outcome): number {
  // A float32 sigmoid can reach 0 or 1; one such row must not make the whole mean infinite.
  const given = Math.min(Math.max(positive ? probability : 1 - probability, 1e-7), 1);
  return -Math.log(given);
}

export interface CalibrationBin {
  readonly predicted: number;
  readonly observed: number;
  readonly count: number;
}

/** Ten even bins of predicted probability; an empty bin says so by its count. */
export function calibrationCurve(outcomes: readonly Outcome[], bins = 10): CalibrationBin[] {
  return Array.from({ length: bins }, (_, bin) => {
    const inBin = outcomes.filter(
      ({ probability }) => Math.min(Math.floor(probability * bins), bins - 1) === bin,
    );
    return {
      predicted: mean(inBin, ({ probability }) => probability),
      observed: mean(inBin, ({ positive }) => Number(positive)),
      count: inBin.length,
    };
  });
}

/** Expected calibration error: how far the bins are off, weighted by their rows. */
function calibrationError(outcomes: readonly Outcome[]): number {
  const curve = calibrationCurve(outcomes);
  const off = curve.reduce((sum, bin) => sum + bin.count * Math.abs(bin.predicted - bin.observed), 0);
  return off / Math.max(outcomes.length, 1);
}

function mean(outcomes: readonly Outcome[], measure: (outcome: Outcome) => number): number {
  let sum = 0;
  for (const outcome of outcomes) sum += measure(outcome);
  return sum / Math.max(outcomes.length, 1);
}
