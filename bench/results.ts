import type { Section } from './section.ts';

/** The results as Markdown whose tables can also be read in a terminal. */
export function resultsText(machine: string, sections: readonly Section[]): string {
  return `# Measured by \`npm run bench\`

${machine}

Medians of several repetitions. Only counts and bytes are limits that fail the run; times depend on the machine.
${sections.map(sectionText).join('')}`;
}

const sectionText = ({ title, how, columns, rows, broken }: Section): string => `
## ${title}

${how}

${rows.length === 0 ? '' : `${table(columns, rows)}\n`}${broken.map((text) => `\n**Broken:** ${text}\n`).join('')}`;

/** The first column holds names and is set left, numbers are set right. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((name, index) =>
    Math.max(3, ...[name, ...rows.map((row) => row[index]!)].map((text) => text.length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!))).join(' | ')} |`;
  const rule = widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(columns), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
