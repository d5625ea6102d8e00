// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one
const COLOUR = /(\u001b\[[0-9;]*m)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** One line that cannot move the cursor: names and failure reasons come from outside. */
export function plainText(text: string): string {
  return text.replace(COLOUR, '').replace(CONTROL, ' ').trim();
}

/** Columns that the text takes; colours take none, some letters two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text.replace(COLOUR, '')) columns += WIDE.test(letter) ? 2 : 1;
  return columns;
}

/** At most `columns` wide; what is cut ends in `…`. Colours are kept and closed. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let result = '';
  let used = 0;
  for (const piece of text.split(COLOUR)) {
    if (piece.startsWith('\u001b')) {
      result += piece;
      continue;
    }
    for (const letter of piece) {
      const width = WIDE.test(letter) ? 2 : 1;
      if (used + width > columns - 1) return `${result}…${text.includes('\u001b') ? '\u001b[0m' : ''}`;
      result += letter;
      used += width;
    }
  }
  return result;
}

export function padded(text: string, columns: number, side: 'left' | 'right' = 'right'): string {
  const space = ' '.repeat(Math.max(0, columns - columnsOf(text)));
  return side === 'right' ? text + space : space + text;
}

/** Breaks between words into lines of at most `columns`; longer words are broken too. */
export function broken(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    let rest = word;
    const last = lines.at(-1) ?? '';
    const joined = last === '' ? rest : `${last} ${rest}`;
    if (columnsOf(joined) <= columns) {
      lines[lines.length - 1] = joined;
      continue;
    }
    if (last !== '') lines.push('');
    while (columnsOf(rest) > columns) {
      lines[lines.length - 1] = [...rest].slice(0, columns).join('');
      rest = [...rest].slice(columns).join('');
      lines.push('');
    }
    lines[lines.length - 1] = rest;
  }
  return lines;
}
