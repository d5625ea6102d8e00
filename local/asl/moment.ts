/**
 * Epoch milliseconds of a time such as `2026-03-02T10:00:00+02:00`, NaN for what is none. `Date.parse` takes the
 * 30th of February for the 2nd of March and 24:00 for the next day; Java's ISO formats, which AWS's words speak of, refuse both.
 */
export function momentOf(text: string, format: RegExp): number {
  if (!format.test(text)) return Number.NaN;
  const [, year, month, day, hour] = /^(\d+)-(\d+)-(\d+)T(\d+)/.exec(text)!.map(Number);
  const daysInMonth = new Date(Date.UTC(year!, month!, 0)).getUTCDate();
  return day! > daysInMonth || hour! > 23 ? Number.NaN : Date.parse(text);
}
