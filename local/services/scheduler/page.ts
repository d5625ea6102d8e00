/** A page of what is listed by its key; the token is the last key of the page before. */
export function page<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  { MaxResults = 100, NextToken }: { readonly MaxResults?: number; readonly NextToken?: string },
): { readonly items: readonly Item[]; readonly NextToken?: string } {
  const after = NextToken ? Buffer.from(NextToken, 'base64').toString() : '';
  const left = all.filter((item) => keyOf(item) > after).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const items = left.slice(0, MaxResults);
  if (items.length === left.length) return { items };
  return { items, NextToken: Buffer.from(keyOf(items.at(-1)!)).toString('base64') };
}
