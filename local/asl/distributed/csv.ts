import { itemReaderFailed } from './errors.ts';

/**
 * Rows of a delimited text as objects. Missing fields are empty, fields beyond
 * the header are left out, empty lines too; every value is a text.
 *
 * @throws StateError `States.ItemReaderFailed`
 */
export function csvItems(
  text: string,
  { delimiter, headers }: { delimiter: string; headers: readonly string[] | undefined },
): Record<string, string>[] {
  const rows = rowsOf(text, delimiter);
  const names = headers ?? rows.shift() ?? [];
  if (new Set(names).size < names.length) throw itemReaderFailed('CSV headers cannot contain duplicates.');
  const order = javaMapOrder(names);
  return rows.map((row) =>
    Object.fromEntries(order.map((column) => [names[column]!, row[column] ?? ''] as const)),
  );
}

/** RFC 4180: fields in double quotes may hold delimiters, line ends and doubled quotes. */
export function rowsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endRow = (): void => {
    if (row.length > 0 || field !== '') rows.push([...row, field]);
    row = [];
    field = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === delimiter) {
      row.push(field);
      field = '';
    } else if (char === '\n') endRow();
    else if (char !== '\r') field += char;
  }
  endRow();
  return rows;
}

/**
 * Recorded by AWS: a row's columns come in the order of a Java hash map of their
 * names, as anybody sees who compares histories: `0,True,{}` becomes `0`, `{}`, `True`.
 */
function javaMapOrder(names: readonly string[]): number[] {
  let buckets = 16;
  while (names.length > buckets * 0.75) buckets *= 2;
  const bucketOf = (name: string): number => {
    let hash = 0;
    for (let at = 0; at < name.length; at += 1) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  const places = names.map(bucketOf);
  return names.map((_, column) => column).sort((a, b) => places[a]! - places[b]! || a - b);
}
