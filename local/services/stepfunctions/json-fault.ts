const EXPECTED = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** What AWS says of a text that is no JSON, as far as its words are known; else what the parser here says. */
export function jsonFault(text: string, error: unknown): string {
  const token = /^\s*([A-Za-z_]\w*)/.exec(text)?.[1];
  if (token !== undefined && !['null', 'true', 'false'].includes(token)) {
    return `Unrecognized token '${token}': ${EXPECTED}`;
  }
  return (error as Error).message;
}
