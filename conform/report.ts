import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  /** Answers of an earlier run of the same day and place stay where this one has none: they may have cost money. */
  readonly keepsEarlier: boolean;
}

/** Writes what was answered next to what we assumed. @returns the two files' paths */
export const writeReport = (folder: string, given: Report): string[] => {
  mkdirSync(folder, { recursive: true });
  const base = join(folder, `${given.date}-${given.where}`);
  const report = { ...given, answers: withEarlier(`${base}.json`, given) };
  writeFileSync(`${base}.json`, `${JSON.stringify(reportJson(report), null, 2)}\n`);
  writeFileSync(`${base}.md`, reportMarkdown(report));
  return [`${base}.json`, `${base}.md`];
};

const isAnswer = ({ verdict }: Pick<Answer, 'verdict'>): boolean =>
  verdict !== 'skipped' && verdict !== 'failed';

/** In the order of the cases. */
const withEarlier = (file: string, { answers, cases, keepsEarlier }: Report): readonly Answer[] => {
  if (!keepsEarlier || !existsSync(file)) return answers;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { answers: (Answer & { case: string })[] };
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  for (const { case: id, verdict, why, answered } of kept.answers) {
    const now = byId.get(id);
    if (now !== undefined && (isAnswer(now) || !isAnswer({ verdict }))) continue;
    byId.set(id, {
      id,
      verdict,
      ...(why && { why }),
      ...(answered !== undefined && { answered }),
      leftovers: [],
      minutes: 0,
    });
  }
  return cases.flatMap(({ id }) => byId.get(id) ?? []);
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

export const reportMarkdown = ({
  date,
  where,
  answers,
  cases,
  assumed,
}: Omit<Report, 'keepsEarlier'>): string => {
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
