/**
 * A JSON value together with its text. States hand these on: AWS keeps the
 * caller's own text (spaces included) while nothing changes the value, and a
 * value whose text is known need not be written again for the next event.
 *
 * Values are shared between states and histories, so nobody may change them.
 */
export interface Data {
  readonly value: unknown;
  readonly text: string;
}

/** The value's compact JSON text goes into the history and is measured against the size limits. */
export const dataOf = (value: unknown): Data => ({ value, text: JSON.stringify(value) });

/** An array of parts, keeping each part's own text as AWS does for Map and Parallel results. */
export function joinData(parts: readonly Data[]): Data {
  return {
    value: parts.map((part) => part.value),
    text: `[${parts.map((part) => part.text).join(',')}]`,
  };
}

/** 256 KiB of UTF-8: the most that a state's input, output or result, or an execution's input may hold. */
export const DATA_LIMIT_BYTES = 262_144;

export function exceedsLimit(text: string, limitBytes: number = DATA_LIMIT_BYTES): boolean {
  // A UTF-16 unit becomes at most three bytes, so most texts need no counting.
  return text.length * 3 > limitBytes && Buffer.byteLength(text) > limitBytes;
}
