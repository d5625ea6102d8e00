/** The kind of value that a field takes. `template` holds expressions at any depth. */
export type FieldKind =
  | 'text'
  | 'boolean'
  | 'template'
  | 'assign'
  | 'integer'
  | 'number'
  | 'expression'
  | 'list'
  | 'object';

export interface Fields {
  readonly required: readonly string[];
  readonly kinds: Readonly<Record<string, FieldKind>>;
}

const any = { Type: 'text', Comment: 'text', QueryLanguage: 'text' } as const;
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
      TimeoutSeconds: 'integer',
      HeartbeatSeconds: 'integer',
      Credentials: 'object',
    },
  },
  Pass: { required: [], kinds: { ...any, ...exit, ...moving } },
  Choice: { required: ['Choices'], kinds: { ...any, ...exit, Choices: 'list', Default: 'text' } },
  Wait: { required: [], kinds: { ...any, ...exit, ...moving, Seconds: 'integer', Timestamp: 'template' } },
  Succeed: { required: [], kinds: { ...any, Output: 'template' } },
  Fail: { required: [], kinds: { ...any, Error: 'template', Cause: 'template' } },
  Parallel: {
    required: ['Branches'],
    kinds: { ...any, ...exit, ...moving, ...recovery, Branches: 'list', Arguments: 'template' },
  },
  Map: {
    required: ['ItemProcessor'],
    kinds: {
      ...any,
      ...exit,
      ...moving,
      ...recovery,
      ItemProcessor: 'object',
      Items: 'template',
      ItemSelector: 'template',
      MaxConcurrency: 'integer',
      Label: 'text',
      ItemReader: 'object',
      ItemBatcher: 'object',
      ResultWriter: 'object',
      ToleratedFailureCount: 'integer',
      ToleratedFailurePercentage: 'number',
    },
  },
};

export const MACHINE_FIELDS: Fields = {
  required: ['States', 'StartAt'],
  kinds: {
    Comment: 'text',
    StartAt: 'text',
    States: 'object',
    Version: 'text',
    TimeoutSeconds: 'integer',
    QueryLanguage: 'text',
  },
};

export const BRANCH_FIELDS: Fields = {
  required: ['States', 'StartAt'],
  kinds: { Comment: 'text', StartAt: 'text', States: 'object' },
};

export const PROCESSOR_FIELDS: Fields = {
  required: ['States', 'StartAt'],
  kinds: { Comment: 'text', StartAt: 'text', States: 'object', ProcessorConfig: 'object' },
};

export const CHOICE_RULE_FIELDS: Fields = {
  required: ['Condition', 'Next'],
  kinds: { Comment: 'text', Condition: 'expression', Next: 'text', ...exit },
};

export const RETRIER_FIELDS: Fields = {
  required: ['ErrorEquals'],
  kinds: {
    Comment: 'text',
    ErrorEquals: 'list',
    IntervalSeconds: 'integer',
    MaxAttempts: 'integer',
    BackoffRate: 'number',
    MaxDelaySeconds: 'integer',
    JitterStrategy: 'text',
  },
};

export const CATCHER_FIELDS: Fields = {
  required: ['ErrorEquals', 'Next'],
  kinds: { Comment: 'text', ErrorEquals: 'list', Next: 'text', ...exit },
};

/** Fields of JSONPath states, so that the refusal can say what they are. */
export const JSONPATH_FIELDS: ReadonlySet<string> = new Set([
  'InputPath',
  'OutputPath',
  'Parameters',
  'Result',
  'ResultPath',
  'ResultSelector',
  'ItemsPath',
  'MaxConcurrencyPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'ErrorPath',
  'CausePath',
  'Variable',
  'Iterator',
]);
