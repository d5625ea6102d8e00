/** Colours of a terminal, by what they say; without colour every text stays as it is. */
export interface Paint {
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
  path(text: string): string;
  quiet(text: string): string;
  strong(text: string): string;
}

export function paint(hasColour: boolean): Paint {
  const style = (open: number, close: number) => (text: string) =>
    hasColour && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    good: style(32, 39),
    warn: style(33, 39),
    bad: style(31, 39),
    path: style(36, 39),
    quiet: style(2, 22),
    strong: style(1, 22),
  };
}

export type Tone = 'good' | 'warn' | 'bad' | 'quiet';
