/** Where an execution can stand: before the step of that name. */
const NAMES = [
  'NOT STARTED',
  // In favour of a newer intent (policy cancel).
  'RAISE',
  'READ THE TURN',
  'STOP THE OLDER',
  // Getting the turn.
  'TAKE',
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
  'WAIT A MINUTE',
  'RESTORE',
  'PROVE THE RESTORED',
  'DELETE THE DEAD CONFIG',
  'UNSHIFT THE RESTORED',
  // The act.
  'CHECK',
  'ACT',
  'PROVE',
  'MARK',
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

export const nameOf = (step: number): StepName => NAMES[step]!;
