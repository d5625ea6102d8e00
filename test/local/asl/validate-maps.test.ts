import { end, machine, map, only, pass, refusal, STANDARD_CHILDREN, task } from './support/refusal.ts';

describe('A Map', () => {
  const reader = (more: object) => ({
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' }, ...more },
  });

  test.each<[string, object, string]>([
    [
      'no processor',
      { Type: 'Map', ...end },
      'This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/A',
    ],
    [
      'no type of its children',
      map({}, { Mode: 'DISTRIBUTED' }),
      'These fields are required: [ExecutionType] at /States/A/ItemProcessor/ProcessorConfig',
    ],
    [
      'a type of children that it has not',
      map({}, { Mode: 'INLINE', ExecutionType: 'STANDARD' }),
      "Field 'ExecutionType' is not supported at /States/A/ItemProcessor/ProcessorConfig",
    ],
    [
      'more than all items may fail',
      map({ ToleratedFailurePercentage: 101 }, STANDARD_CHILDREN),
      'Maximum value is 100.0 at /States/A/ToleratedFailurePercentage',
    ],
    ['less than none at once', map({ MaxConcurrency: -1 }), 'Minimum value is 0 at /States/A/MaxConcurrency'],
    [
      'items from elsewhere',
      map(reader({ Resource: 'arn:aws:states:::dynamodb:scan' }), STANDARD_CHILDREN),
      "The field 'Resource' does not match any of the allowed values. Examples: [arn:<partition>:states:::s3:getObject, arn:<partition>:states:::s3:listObjectsV2] at /States/A/ItemReader/Resource",
    ],
    [
      'items in another form',
      map(reader({ ReaderConfig: { InputType: 'XML' } }), STANDARD_CHILDREN),
      "The field 'InputType' should have one of these values: [MANIFEST, JSON, CSV, JSONL, PARQUET] at /States/A/ItemReader/ReaderConfig/InputType",
    ],
    [
      'headers that are nowhere',
      map(reader({ ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN' } }), STANDARD_CHILDREN),
      'These fields are required: [CSVHeaders] at /States/A/ItemReader/ReaderConfig',
    ],
    [
      'headers of JSON',
      map(reader({ ReaderConfig: { InputType: 'JSON', CSVHeaderLocation: 'FIRST_ROW' } }), STANDARD_CHILDREN),
      "Field 'CSVHeaderLocation' is not supported at /States/A/ItemReader/ReaderConfig",
    ],
    [
      'a limit in JSONPath',
      map({ ItemBatcher: { MaxItemsPerBatchPath: '$.n' } }, STANDARD_CHILDREN),
      "The QueryLanguage is set to 'JSONata', but field 'MaxItemsPerBatchPath' is only supported for the 'JSONPath' QueryLanguage at /States/A/ItemBatcher",
    ],
    [
      'half a form of its results',
      map({ ResultWriter: { WriterConfig: { OutputType: 'JSON' } } }, STANDARD_CHILDREN),
      'These fields are required: [Transformation] at /States/A/ResultWriter/WriterConfig',
    ],
  ])('is refused with %s', (_, state, message) => {
    expect(refusal(only(state))).toContain(`SCHEMA_VALIDATION_FAILED: ${message}`);
  });

  test('has a label of its own', () => {
    const labelled = (Label: string) => map({ Label }, STANDARD_CHILDREN);
    expect(refusal(only(labelled('a b')))).toContain('INVALID_LABEL_NAME');
    const twice = {
      ...map({ Label: 'l' }, STANDARD_CHILDREN, { Type: 'Succeed' }),
      End: undefined,
      Next: 'B',
    };
    const second = { ...map({ Label: 'l' }), ItemProcessor: { StartAt: 'J', States: { J: pass } } };
    expect(refusal(machine({ A: twice, B: second }))).toContain('DUPLICATE_LABEL_NAME');
  });

  test('is not distributed in an Express machine, and waits for nothing in Express children', () => {
    expect(refusal(only(map({}, STANDARD_CHILDREN)), 'EXPRESS')).toBe(
      "SCHEMA_VALIDATION_FAILED: The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at /States/A/ItemProcessor/ProcessorConfig/Mode",
    );
    const express = { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' };
    expect(refusal(only(map({}, express, task('states:startExecution.sync:2'))))).toContain(
      "Express state machine does not support '.sync' service integration at /States/A/ItemProcessor/States/I/Resource",
    );
  });

  test('may be distributed with all that goes with it', () => {
    const whole = map(
      {
        ...reader({
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: '{% $n %}' },
        }),
        ItemBatcher: { MaxItemsPerBatch: 10, BatchInput: { n: '{% $states.input.n %}' } },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Arguments: { Bucket: 'b' },
          WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSONL' },
        },
        ToleratedFailureCount: '{% 1 %}',
        Label: 'files',
      },
      STANDARD_CHILDREN,
    );
    expect(refusal(only(whole))).toBe('accepted');
  });
});
