import { gunzipSync } from 'node:zlib';
import type { MapItem } from '../frame.ts';
import { csvItems, rowsOf } from './csv.ts';
import type { InputType, ReaderConfig } from './definition.ts';
import { itemReaderFailed } from './errors.ts';

/** An item before it has its place in the map run. */
export type Item = Omit<MapItem, 'index'>;

/** Items of an array, or of an object's members. */
export function itemsIn(value: unknown, source?: string): Item[] | undefined {
  const from = source === undefined ? {} : { source };
  if (Array.isArray(value)) return value.map((item) => ({ value: item, ...from }));
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).map(([key, item]) => ({ key, value: item, ...from }));
}

/** An object's bytes as text; files named `.gz` are packed. */
export const textOf = (body: Uint8Array, key: string): string =>
  Buffer.from(key.endsWith('.gz') ? gunzipSync(body) : body)
    .toString('utf8')
    .replace(/^\ufeff/, '');

/**
 * The items in one file.
 *
 * @param pointer a JSON Pointer into a JSON file
 * @throws StateError `States.ItemReaderFailed`
 */
export function itemsOfText(
  text: string,
  type: InputType,
  { csvDelimiter, csvHeaders }: ReaderConfig,
  source: string,
  pointer?: string,
): Item[] {
  switch (type) {
    case 'CSV':
      return itemsIn(csvItems(text, { delimiter: csvDelimiter, headers: csvHeaders }), source)!;
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => ({ value: parse(line), source }));
    case 'JSON': {
      const items = itemsIn(at(parse(text), pointer ?? ''), source);
      // Recorded by AWS for a file whose JSON cannot be gone over.
      if (items === undefined) throw itemReaderFailed('Attempting to map over non-iterable node.');
      return items;
    }
    default:
      throw itemReaderFailed(`InputType ${type} is not modelled in this local world.`);
  }
}

/** The files that a manifest of an S3 inventory names, and the columns of their rows. */
export function inventoryOf(text: string): { columns: string[]; keys: string[] } {
  const { fileFormat, fileSchema, files } = parse(text) as {
    fileFormat?: string;
    fileSchema?: string;
    files?: { key: string }[];
  };
  if (fileFormat !== 'CSV' || fileSchema === undefined || !Array.isArray(files)) {
    throw itemReaderFailed('The manifest is not one of an S3 inventory in CSV format.');
  }
  return { columns: fileSchema.split(',').map((name) => name.trim()), keys: files.map(({ key }) => key) };
}

/** An inventory's rows. Keys in it are URL-encoded (S3 user guide, "Inventory list"). */
export const inventoryItems = (text: string, columns: readonly string[], source: string): Item[] =>
  rowsOf(text, ',').map((row) => ({
    source,
    value: Object.fromEntries(
      columns.map((name, column) => {
        const field = row[column] ?? '';
        return [name, name === 'Key' ? decodeURIComponent(field.replaceAll('+', ' ')) : field];
      }),
    ),
  }));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw itemReaderFailed(`Failed to parse JSON: ${(error as Error).message}`);
  }
}

function at(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (inner, token) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, token)
          ? (inner as Record<string, unknown>)[token]
          : undefined,
      value,
    );
}
