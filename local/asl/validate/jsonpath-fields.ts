/** Fields of JSONPath alone, so that a refusal can say what they are. */
const JSONPATH_FIELDS: ReadonlySet<string> = new Set([
  'InputPath',
  'OutputPath',
  'Parameters',
  'Result',
  'ResultPath',
  'ResultSelector',
  'ItemsPath',
  'MaxConcurrencyPath',
  'MaxInputBytesPerBatchPath',
  'MaxItemsPath',
  'MaxItemsPerBatchPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'HeartbeatSecondsPath',
  'ErrorPath',
  'CausePath',
  'Variable',
  'And',
  'Or',
  'Not',
]);

const COMPARISON =
  /^(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals|Matches)(Path)?$|^Is(Null|Present|Numeric|String|Boolean|Timestamp)$/;

export const isOfJsonPath = (field: string): boolean => JSONPATH_FIELDS.has(field) || COMPARISON.test(field);

/** Fields of JSONata alone. `Assign` is in both languages. */
export const JSONATA_FIELDS: readonly string[] = ['Arguments', 'Output', 'Items'];

export const onlyFor = (field: string, set: string, needed: string): string =>
  `The QueryLanguage is set to '${set}', but field '${field}' is only supported for the '${needed}' QueryLanguage`;
