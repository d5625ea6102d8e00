/** What the machine of a trial does. */
const OF_A_TRIAL = [
  'CHECK BEFORE ENTERING',
  'ENTER THE TRIAL',
  'PROVE THE TRIAL',
  'CHECK BEFORE WEIGHING',
  'WEIGH',
  'PROVE THE WEIGHTS',
  'CHECK BEFORE LEAVING',
  'LEAVE THE TRIAL',
  'PROVE WHAT WAS LEFT FOR',
  'DELETE THE TRIAL CONFIG',
] as const;

/** Where an execution can stand: before the step of that name. */
const NAMES = [
  'NOT STARTED',
  // In favour of a newer intent (policy cancel).
  'RAISE',
  'READ THE TURN',
  'STOP THE OLDER',
  // Getting the turn.
  'TAKE',
  'TAKE IN LINE',
  'ARM',
  'QUEUE',
  'POST TO THE DISPLACED',
  'LOOK',
  'DESCRIBE THE HOLDER',
  'DESCRIBE THE FIRST IN LINE',
  'SKIP',
  'DESCRIBE THE NEXT',
  'REPLACE',
  'PARK',
  'PARKED',
  'TAKE OVER',
  'LEAVE',
  'LOOK AFTER LEAVING',
  // Bringing back what serves.
  'RECHECK',
  'RECHECK A TRIAL',
  'RECHECK AFTER A TRIAL',
  'WAIT FOR THE TRIAL',
  'WAIT A MINUTE',
  'RESTORE',
  'PROVE THE RESTORED',
  'DELETE THE DEAD CONFIG',
  'UNSHIFT THE RESTORED',
  // The act, after a trial of several.
  'CHECK',
  ...OF_A_TRIAL,
  'CHECK BEFORE THE SHIFT',
  'ACT',
  'PROVE',
  'REMOVE THE TRIAL',
  'MARK',
  // Taking back what a trial has left.
  'LOOK WHAT IS LEFT',
  'CHECK BEFORE TAKING BACK',
  'TAKE BACK',
  'UNSHIFT WHAT WAS TAKEN BACK',
  'REMOVE WHAT WAS TAKEN BACK',
  'DELETE OWN CONFIG',
  'UNSHIFT',
  // Passing the turn.
  'RELEASE',
  'DESCRIBE THE HEIR',
  'DROP THE HEIR',
  'HAND OVER',
  'POST TO THE HEIR',
  'RECORD',
  'END',
  // A settler's own.
  'FORGET',
  'READ',
  'DESCRIBE',
  'SEIZE',
] as const;

export type StepName = (typeof NAMES)[number];

export const STEP = Object.fromEntries(NAMES.map((name, number) => [name, number])) as Record<
  StepName,
  number
>;

/** Calls that change the endpoint. */
export const CALLS_TO_THE_ENDPOINT: ReadonlySet<number> = new Set(
  (['RESTORE', 'ENTER THE TRIAL', 'WEIGH', 'LEAVE THE TRIAL', 'ACT', 'TAKE BACK'] as const).map(
    (name) => STEP[name],
  ),
);

/** What the machine of a trial does, and may go on to do after the deployment that started it was stopped. */
export const STEPS_OF_A_TRIAL: ReadonlySet<number> = new Set(OF_A_TRIAL.map((name) => STEP[name]));

/** What its deployment does once it has passed. */
export const AFTER_A_TRIAL: ReadonlySet<number> = new Set(
  (['CHECK BEFORE THE SHIFT', 'ACT', 'PROVE', 'REMOVE THE TRIAL', 'MARK'] as const).map((name) => STEP[name]),
);

export const nameOf = (step: number): StepName => NAMES[step]!;
