/** POSIX classes of Java's patterns, as they stand inside `[…]` or alone. */
const posixClasses: Readonly<Record<string, string>> = {
  '\\p{Alnum}': 'a-zA-Z0-9',
  '\\p{Print}': '\\x20-\\x7E',
};

/** A bracket expression, or a class that stands outside of one. */
const bracketsOrClass = /\[(?:\\.|[^\]\\])*\]|\\p\{\w+\}/g;

/**
 * A test whether a text matches one of AWS's patterns as a whole, as AWS's
 * services demand it; most patterns carry no anchors of their own.
 *
 * @returns undefined for a pattern that JavaScript cannot read
 */
export const fullMatch = (pattern: string): ((text: string) => boolean) | undefined => {
  const expression = compile(pattern);
  return expression && ((text) => expression.test(text));
};

const compile = (pattern: string): RegExp | undefined => {
  // Java lets an anchor be repeated, which says no more than the anchor once: the end of a text is where it is.
  let source = pattern
    .replace(/^\\A/, '')
    .replace(/\\z$/, '')
    .replace(/(?<!\\)\$\{[1-9]\d*(?:,\d*)?\}$/, '');
  source = source.replaceAll(bracketsOrClass, (part) => {
    const characters = part.replaceAll(/\\p\{\w+\}/g, (name) => posixClasses[name] ?? name);
    return part.startsWith('[') || characters === part ? characters : `[${characters}]`;
  });
  try {
    return new RegExp(`^(?:${source})$`, 'u');
  } catch {
    // Without the u flag `\p{L}` would silently mean the letters "p{L}".
    if (/\\[pu]\{/.test(source)) return undefined;
  }
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    return undefined;
  }
};
