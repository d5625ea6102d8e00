import type { ReportSpan } from './report/data.ts';

// The states that the play knows by name. test/play/state-names.test.ts holds them to the packaged stack.

/** The state of the parent in which a child machine runs. */
export const CALLED_BY: Readonly<Record<string, string>> = {
  train: 'Train the challenger',
  compile: 'Compile the challenger',
  deploy: 'Deploy the challenger',
  shadow: 'Try it on copies of the requests',
  weights: 'Try it with a share of the requests',
};

/** The states in which a job runs that is told by its state alone. */
export const JOB_STATES: Readonly<Record<string, ReportSpan['kind']>> = {
  'Process the data': 'processing',
  'Evaluate the candidate': 'evaluation',
};

/** Starts when a release is live and outlasts it by a day: no part of what is waited for. */
export const OUTLASTS = 'watch';
