const VALUE = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const NAME = 'was expecting double-quote to start field name';

/**
 * What is wrong with a text that is no JSON, and after which character that was
 * seen: in the words of AWS's own parser where they are known (recorded), else
 * in those of the parser here.
 */
export function jsonFault(text: string, error: unknown): { reason: string; location: string } {
  const { reason, end } = tokenFault(text) ?? nameFault(text) ?? otherFault(text, error);
  const lines = text.slice(0, end).split('\n');
  const place = `line: ${lines.length}, column: ${lines.at(-1)!.length + 1}`;
  return { reason, location: `[Source: (String)"${text}"; ${place}]` };
}

interface Fault {
  readonly reason: string;
  readonly end: number;
}

function tokenFault(text: string): Fault | undefined {
  const [all, token] = /^\s*([A-Za-z_]\w*)/.exec(text) ?? [];
  if (token === undefined || ['null', 'true', 'false'].includes(token)) return undefined;
  return { reason: `Unrecognized token '${token}': ${VALUE}`, end: all!.length };
}

function nameFault(text: string): Fault | undefined {
  const [all, character] = /^\s*\{\s*([^"}\s])/.exec(text) ?? [];
  if (character === undefined) return undefined;
  const code = character.charCodeAt(0);
  return { reason: `Unexpected character ('${character}' (code ${code})): ${NAME}`, end: all!.length };
}

function otherFault(text: string, error: unknown): Fault {
  const reason = (error as Error).message;
  return { reason, end: Number(/position (\d+)/.exec(reason)?.[1] ?? text.length) };
}
