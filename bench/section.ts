/** One table of the results. */
export interface Section {
  readonly title: string;
  /** What was done to get the numbers, and what they include. */
  readonly how: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Limits on counts and bytes that do not hold. Times are told and never judged: machines differ. */
  readonly broken: readonly string[];
}
