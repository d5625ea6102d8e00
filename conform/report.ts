import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, isCall, type Json } from './case.ts';
import type { Answer, Verdict } from './run-case.ts';

export interface Report {
  /** ISO-8601 date. */
  readonly date: string;
  readonly where: string;
  readonly answers: readonly Answer[];
  /** What the local world answers, by case id. */
  readonly assumed: (one: Case) => Json | undefined;
  readonly cases: readonly Case[];
}

/** Writes what was answered next to what we assumed. @returns the two files' paths */
export const writeReport = (folder: string, report: Report): string[] => {
  mkdirSync(folder, { recursive: true });
  const base = join(folder, `${report.date}-${report.where}`);
  writeFileSync(`${base}.json`, `${JSON.stringify(reportJson(report), null, 2)}\n`);
  writeFileSync(`${base}.md`, reportMarkdown(report));
  return [`${base}.json`, `${base}.md`];
};

const reportJson = ({ date, where, answers, cases, assumed }: Report) => ({
  date,
  where,
  answers: answers.map(({ id, verdict, answered, why }) => ({
    case: id,
    verdict,
    ...(why && { why }),
    assumed: assumed(cases.find((one) => one.id === id)!) ?? null,
    ...(answered !== undefined && { answered }),
  })),
});

const order: readonly Verdict[] = ['differs', 'told', 'failed', 'agrees', 'skipped'];

export const reportMarkdown = ({ date, where, answers, cases, assumed }: Report): string => {
  const counts = order
    .map((verdict) => `${answers.filter((answer) => answer.verdict === verdict).length} ${verdict}`)
    .join(', ');
  const rows = answers.map((answer) => {
    const one = cases.find(({ id }) => id === answer.id)!;
    return `| \`${answer.id}\` | ${answer.verdict} | ${cell(one.asks)} | ${cell(one.assumed)} | ${cell(answer.why ?? '')} |`;
  });
  const details = answers
    .filter(({ verdict }) => verdict === 'differs' || verdict === 'told')
    .map(({ id, answered }) => {
      const one = cases.find((each) => each.id === id)!;
      return `## ${id}\n\n${isCall(one) ? one.title : ''}\n\nWe assumed:\n\n${block(assumed(one) ?? null)}\n\nThe answer:\n\n${block(answered!)}\n`;
    });
  return `# Contract cases, ${where}, ${date}\n\n${counts}. \`told\` is an answer where the local world has none.\n\n| case | verdict | asks | we assumed | why |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n\n${details.join('\n')}`;
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const block = (value: Json): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
