/** A test for one of a policy's texts, in which `*` stands for any characters and `?` for one. */
export type TextTest = (text: string) => boolean;

export const wildcard = (pattern: string, { ignoreCase = false } = {}): TextTest => {
  if (pattern === '*') return () => true;
  if (!ignoreCase && !/[*?]/.test(pattern)) return (text) => text === pattern;
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
  return (text) => expression.test(text);
};

export const anyOf =
  (tests: readonly TextTest[]): TextTest =>
  (text) =>
    tests.some((test) => test(text));
