/** One thing that is wrong in what somebody wrote, and where. */
export interface Fault {
  /** JSON path, `$` is the whole. */
  readonly path: string;
  readonly message: string;
}

/** `$.deploy.shift is …; $.train …`, one sentence for all faults. */
export const faultText = (faults: readonly Fault[]): string =>
  faults.map(({ path, message }) => `${path} ${message}`).join('; ');

/** A value as a person would recognise it, cut to a line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** The known name that is fewest edits away, if it is near enough to be meant, or else one that begins alike. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, edits: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)[0];
  if (ranked && ranked.edits <= Math.max(2, name.length / 3)) return ranked.candidate;
  // `hyperparams` is meant to be hyperparameters, however many letters are missing.
  return known.find((candidate) => sharesStart(name.toLowerCase(), candidate.toLowerCase()));
}

/** Five letters at least, and most of what was written. */
function sharesStart(name: string, candidate: string): boolean {
  const least = Math.max(5, Math.ceil(name.length * 0.7));
  return name.length >= least && candidate.startsWith(name.slice(0, least));
}

/** Levenshtein distance, two rows at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      current[column] = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1),
      );
    }
    previous = current;
  }
  return previous[b.length]!;
}
