import type { Expressions } from '../jsonata/expression.ts';
import { compileTemplate, type Template } from '../template.ts';

/** What a Map in distributed mode has beside the fields of every Map. */
export interface DistributedMap {
  /** A part of the ARNs of its map runs and children; made up where it is not given. */
  readonly label?: string;
  /** The type of the child executions. */
  readonly executionType: 'STANDARD' | 'EXPRESS';
  readonly reader?: ItemReader;
  readonly batcher?: ItemBatcher;
  readonly writer?: ResultWriter;
  readonly toleratedFailureCount?: Template;
  /** 0 to 100. */
  readonly toleratedFailurePercentage?: Template;
}

export interface ItemReader {
  readonly operation: 'getObject' | 'listObjectsV2';
  readonly arguments: Template;
  readonly config: ReaderConfig;
}

export type InputType = 'CSV' | 'JSON' | 'JSONL' | 'MANIFEST' | 'PARQUET';

export interface ReaderConfig {
  readonly inputType?: InputType;
  readonly transformation: 'NONE' | 'LOAD_AND_FLATTEN';
  /** The file lists others: objects of an inventory, or files of an Athena query's result. */
  readonly manifestType?: 'S3_INVENTORY' | 'ATHENA_DATA';
  readonly csvDelimiter: string;
  /** Absent: the first row names the columns. */
  readonly csvHeaders?: readonly string[];
  readonly maxItems?: Template;
  /** A JSON Pointer (RFC 6901) to the items inside a JSON file. */
  readonly itemsPointer?: Template;
}

export interface ItemBatcher {
  readonly maxItemsPerBatch?: Template;
  readonly maxInputBytesPerBatch?: Template;
  readonly batchInput?: Template;
}

export interface ResultWriter {
  /** Absent: results are transformed, but stay in the state's output. */
  readonly arguments?: Template;
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly outputType: 'JSON' | 'JSONL';
}

const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

// biome-ignore lint/suspicious/noExplicitAny: the definition has been validated before.
type Json = any;

/** The distributed part of a Map state, if it has one. */
export function compileDistributed(
  { ItemProcessor, ItemReader, ItemBatcher, ResultWriter, ...state }: Json,
  expressions: Expressions,
): { distributed?: DistributedMap } {
  const { Mode, ExecutionType } = ItemProcessor.ProcessorConfig ?? {};
  if (Mode !== 'DISTRIBUTED') return {};
  const template = (name: string, value: unknown): object =>
    value === undefined ? {} : { [name]: compileTemplate(value, expressions) };
  return {
    distributed: {
      executionType: ExecutionType ?? 'STANDARD',
      ...(state.Label !== undefined && { label: state.Label }),
      ...(ItemReader && { reader: compileReader(ItemReader, template) }),
      ...(ItemBatcher && {
        batcher: {
          ...template('maxItemsPerBatch', ItemBatcher.MaxItemsPerBatch),
          ...template('maxInputBytesPerBatch', ItemBatcher.MaxInputBytesPerBatch),
          ...template('batchInput', ItemBatcher.BatchInput),
        },
      }),
      ...(ResultWriter && { writer: compileWriter(ResultWriter, template) }),
      ...template('toleratedFailureCount', state.ToleratedFailureCount),
      ...template('toleratedFailurePercentage', state.ToleratedFailurePercentage),
    },
  };
}

type CompileMember = (name: string, value: unknown) => object;

function compileReader(
  { Resource, Arguments, ReaderConfig = {} }: Json,
  template: CompileMember,
): ItemReader {
  const { InputType, Transformation, ManifestType, CSVDelimiter, CSVHeaderLocation, CSVHeaders } =
    ReaderConfig;
  return {
    operation: String(Resource).endsWith(':listObjectsV2') ? 'listObjectsV2' : 'getObject',
    ...(template('arguments', Arguments ?? {}) as { arguments: Template }),
    config: {
      ...(InputType !== undefined && { inputType: InputType }),
      transformation: Transformation ?? 'NONE',
      ...(InputType === 'MANIFEST' && { manifestType: 'S3_INVENTORY' as const }),
      ...(ManifestType !== undefined && { manifestType: ManifestType }),
      csvDelimiter: DELIMITERS[CSVDelimiter ?? 'COMMA']!,
      ...(CSVHeaderLocation === 'GIVEN' && { csvHeaders: CSVHeaders }),
      ...template('maxItems', ReaderConfig.MaxItems),
      ...template('itemsPointer', ReaderConfig.ItemsPointer),
    },
  };
}

function compileWriter(
  { Resource, Arguments, WriterConfig = {} }: Json,
  template: CompileMember,
): ResultWriter {
  return {
    ...(Resource !== undefined && template('arguments', Arguments ?? {})),
    // Guide: files hold everything by default, a state's output only what the children gave.
    transformation: WriterConfig.Transformation ?? (Resource === undefined ? 'COMPACT' : 'NONE'),
    outputType: WriterConfig.OutputType ?? 'JSON',
  };
}
