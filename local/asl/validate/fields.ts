/** What a field takes. `template` holds expressions at any depth. */
export type FieldKind =
  | 'text'
  | 'boolean'
  | 'template'
  | 'assign'
  | 'condition'
  | 'list'
  | 'object'
  | NumberField
  | Enumeration;

export interface NumberField {
  readonly number: 'Integer' | 'Number';
  readonly least?: number;
  readonly most?: number;
  /** Takes no expression. */
  readonly constant?: true;
}

export interface Enumeration {
  readonly values: readonly string[];
  /** AWS's text names the field here, and says only "Value" elsewhere. */
  readonly named?: true;
}

export interface Fields {
  readonly required: readonly string[];
  readonly kinds: Readonly<Record<string, FieldKind>>;
  /** At most one of these, or exactly one. */
  readonly oneOf?: { readonly fields: readonly string[]; readonly needed: boolean };
}

/** The longest time a state can be given, in seconds. */
const LONGEST = 99_999_999;
const seconds = (least: number): NumberField => ({ number: 'Integer', least, most: LONGEST });
const count: NumberField = { number: 'Integer', least: 0 };

const LANGUAGE: Enumeration = { values: ['JSONPath', 'JSONata'] };
const any = { Type: 'text', Comment: 'text', QueryLanguage: LANGUAGE } as const;
const exit = { Output: 'template', Assign: 'assign' } as const;
const moving = { Next: 'text', End: 'boolean' } as const;
const recovery = { Retry: 'list', Catch: 'list' } as const;

/** Which fields a state may have in JSONata (developer guide, "States"; AWS refuses every other). */
export const STATE_FIELDS: Readonly<Record<string, Fields>> = {
  Task: {
    required: ['Resource'],
    kinds: {
      ...any,
      ...exit,
      ...moving,
      ...recovery,
      Resource: 'text',
      Arguments: 'template',
      TimeoutSeconds: seconds(1),
      HeartbeatSeconds: seconds(1),
      Credentials: 'object',
    },
  },
  Pass: { required: [], kinds: { ...any, ...exit, ...moving } },
  Choice: { required: ['Choices'], kinds: { ...any, ...exit, Choices: 'list', Default: 'text' } },
  Wait: {
    required: [],
    kinds: { ...any, ...exit, ...moving, Seconds: seconds(0), Timestamp: 'template' },
    oneOf: { fields: ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'], needed: true },
  },
  Succeed: { required: [], kinds: { ...any, Output: 'template' } },
  Fail: { required: [], kinds: { ...any, Error: 'template', Cause: 'template' } },
  Parallel: {
    required: ['Branches'],
    kinds: { ...any, ...exit, ...moving, ...recovery, Branches: 'list', Arguments: 'template' },
  },
  Map: {
    required: [],
    kinds: {
      ...any,
      ...exit,
      ...moving,
      ...recovery,
      ItemProcessor: 'object',
      Iterator: 'object',
      Items: 'template',
      ItemSelector: 'template',
      MaxConcurrency: count,
      Label: 'text',
      ItemReader: 'object',
      ItemBatcher: 'object',
      ResultWriter: 'object',
      ToleratedFailureCount: count,
      ToleratedFailurePercentage: { number: 'Number', least: 0, most: 100 },
    },
    oneOf: { fields: ['ItemProcessor', 'Iterator'], needed: true },
  },
};

/** A state that another one follows, unless it is the last. */
export const NEXT_OR_END: Fields['oneOf'] = { fields: ['Next', 'End'], needed: true };

export const MACHINE_FIELDS: Fields = {
  required: ['States', 'StartAt'],
  kinds: {
    Comment: 'text',
    StartAt: 'text',
    States: 'object',
    Version: 'text',
    TimeoutSeconds: { ...seconds(0), constant: true },
    QueryLanguage: LANGUAGE,
  },
};

export const BRANCH_FIELDS: Fields = {
  required: ['States', 'StartAt'],
  kinds: { Comment: 'text', StartAt: 'text', States: 'object' },
};

export const PROCESSOR_FIELDS: Fields = {
  required: ['States', 'StartAt'],
  kinds: { ...BRANCH_FIELDS.kinds, ProcessorConfig: 'object' },
};

export const CHOICE_RULE_FIELDS: Fields = {
  required: ['Next'],
  kinds: { Comment: 'text', Condition: 'condition', Next: 'text', ...exit },
};

export const RETRIER_FIELDS: Fields = {
  required: ['ErrorEquals'],
  kinds: {
    Comment: 'text',
    ErrorEquals: 'list',
    IntervalSeconds: { ...seconds(0), constant: true },
    MaxAttempts: { number: 'Integer', least: 0, most: 99_999_999, constant: true },
    BackoffRate: { number: 'Number', least: 1, constant: true },
    MaxDelaySeconds: { number: 'Integer', least: 1, most: 31_622_400, constant: true },
    JitterStrategy: { values: ['NONE', 'FULL'] },
  },
};

export const CATCHER_FIELDS: Fields = {
  required: ['ErrorEquals', 'Next'],
  kinds: { Comment: 'text', ErrorEquals: 'list', Next: 'text', ...exit },
};

export const TYPES: Enumeration = {
  values: ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'],
  named: true,
};
