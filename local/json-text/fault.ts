/** Text that is no JSON, in the words of Jackson, with which EventBridge and Step Functions read. */
export class JsonTextError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export const ANY_VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** Where an object or array that has not been closed began. */
export interface Opening {
  readonly kind: 'Object' | 'Array';
  readonly offset: number;
}

/** Where something stands, as Jackson writes it. */
export const placeIn = (source: string, offset: number): string => {
  const before = source.slice(0, offset);
  const line = before.split('\n').length;
  return `[Source: (String)"${source}"; line: ${line}, column: ${offset - before.lastIndexOf('\n')}]`;
};

/** The fault at `offset`: a character where something else was wanted, or no character at all. */
export const unexpected = (
  source: string,
  offset: number,
  wanted: string,
  opening: Opening | undefined,
): JsonTextError => {
  const character = source[offset];
  if (character !== undefined) {
    const code = character.codePointAt(0);
    return new JsonTextError(`Unexpected character ('${character}' (code ${code})): ${wanted}`, offset);
  }
  const missing =
    opening &&
    `: expected close marker for ${opening.kind} (start marker at ${placeIn(source, opening.offset)})`;
  return new JsonTextError(`Unexpected end-of-input${missing ?? ''}`, offset);
};
