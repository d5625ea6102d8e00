import type { Report } from './diagnostics.ts';
import type { FieldKind, Fields } from './fields.ts';
import { checkShape, isObject, type Json } from './shape.ts';

const READER_RESOURCES = [
  'arn:<partition>:states:::s3:getObject',
  'arn:<partition>:states:::s3:listObjectsV2',
];
const WRITER_RESOURCES = ['arn:<partition>:states:::s3:putObject'];

const READER_FIELDS: Fields = {
  required: ['Resource'],
  kinds: { Resource: 'text', ReaderConfig: 'object', Arguments: 'template' },
};

const WRITER_FIELDS: Fields = {
  required: [],
  kinds: { Resource: 'text', WriterConfig: 'object', Arguments: 'template' },
};

const WRITER_CONFIG_FIELDS: Fields = {
  required: ['Transformation', 'OutputType'],
  kinds: {
    Transformation: { values: ['NONE', 'COMPACT', 'FLATTEN'] },
    OutputType: { values: ['JSON', 'JSONL'] },
  },
};

const BATCHER_FIELDS: Fields = {
  required: [],
  kinds: {
    MaxItemsPerBatch: { number: 'Integer', least: 0 },
    MaxInputBytesPerBatch: { number: 'Integer', least: 0, most: 262_144 },
    BatchInput: 'template',
  },
};

const INPUT_TYPE: FieldKind = { values: ['MANIFEST', 'JSON', 'CSV', 'JSONL', 'PARQUET'], named: true };
const CSV_KINDS = {
  CSVHeaderLocation: { values: ['FIRST_ROW', 'GIVEN'] },
  CSVHeaders: 'list',
  CSVDelimiter: { values: ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'] },
} as const;
const CONFIG_KINDS = {
  InputType: INPUT_TYPE,
  Transformation: { values: ['NONE', 'LOAD_AND_FLATTEN'] },
  ManifestType: { values: ['ATHENA_DATA', 'S3_INVENTORY'] },
  MaxItems: { number: 'Integer', least: 0, most: 100_000_000 },
} as const;

/** Where a distributed Map's items come from. */
export function checkReader(reader: unknown, location: string, report: Report): void {
  if (!isObject(reader)) return;
  checkShape(reader, READER_FIELDS, location, report);
  checkResource(reader.Resource, READER_RESOURCES, location, report);
  const at = `${location}/ReaderConfig`;
  const config = reader.ReaderConfig;
  if (!isObject(config)) return;
  checkShape(config, { required: [], kinds: readerKinds(config) }, at, report);
  if (config.InputType === 'CSV' && config.CSVHeaderLocation === undefined)
    report.schema("The field 'CSVHeaderLocation' is required", at);
  if (config.CSVHeaderLocation === 'GIVEN' && config.CSVHeaders === undefined)
    report.schema('These fields are required: [CSVHeaders]', at);
}

/** Each type of input has fields that no other takes. */
function readerKinds({ InputType }: Json): Record<string, FieldKind> {
  switch (InputType) {
    case 'JSON':
      return { ...CONFIG_KINDS, ItemsPointer: 'template' };
    case 'JSONL':
    case 'PARQUET':
      return CONFIG_KINDS;
    case 'CSV':
      return { ...CONFIG_KINDS, ...CSV_KINDS };
    default:
      return { ...CONFIG_KINDS, ...CSV_KINDS, ItemsPointer: 'template' };
  }
}

/** How many items, or how many bytes, one child gets. */
export function checkBatcher(batcher: unknown, location: string, report: Report): void {
  if (isObject(batcher)) checkShape(batcher, BATCHER_FIELDS, location, report);
}

/** Where a distributed Map's results go, and in which form. */
export function checkWriter(writer: unknown, location: string, report: Report): void {
  if (!isObject(writer)) return;
  checkShape(writer, WRITER_FIELDS, location, report);
  checkResource(writer.Resource, WRITER_RESOURCES, location, report);
  if (writer.WriterConfig !== undefined)
    checkShape(writer.WriterConfig, WRITER_CONFIG_FIELDS, `${location}/WriterConfig`, report);
  const needs = writer.Resource === undefined ? 'Resource' : 'Arguments';
  const has = needs === 'Resource' ? writer.Arguments : writer.Resource;
  if (has !== undefined && writer[needs] === undefined)
    report.schema(`These fields are required: [${needs}]`, location);
  if (Object.keys(writer).length === 0) report.schema('Value cannot be empty', location);
}

function checkResource(
  resource: unknown,
  allowed: readonly string[],
  location: string,
  report: Report,
): void {
  if (typeof resource !== 'string') return;
  if (allowed.includes(resource.replace(/^arn:aws[\w-]*:/, 'arn:<partition>:'))) return;
  // Reported word for word, the partition too.
  const text = `The field 'Resource' does not match any of the allowed values. Examples: [${allowed.join(', ')}]`;
  report.schema(text, `${location}/Resource`);
}
