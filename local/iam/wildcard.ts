/** A test for one of a policy's texts, in which `*` stands for any characters and `?` for one. */
export type TextTest = (text: string) => boolean;

export const wildcard = (pattern: string, { ignoreCase = false } = {}): TextTest => {
  if (pattern === '*') return () => true;
  if (!ignoreCase && !pattern.includes('?')) return starsOnly(pattern);
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
  return (text) => expression.test(text);
};

/** Most patterns are a text, or a beginning and an end: these need no expression. */
const starsOnly = (pattern: string): TextTest => {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    const end = text.length - last.length;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= end;
  };
};

export const anyOf =
  (tests: readonly TextTest[]): TextTest =>
  (text) =>
    tests.some((test) => test(text));
