import { StoppedError } from './aws.ts';
import type { Budget } from './budget.ts';
import { type CallCase, type Case, isCall, type RoleKind } from './case.ts';
import type { Answer } from './run-case.ts';

export interface Run {
  readonly budget: Budget;
  readonly given: { readonly roles: Partial<Record<RoleKind, string>>; readonly image: string | undefined };
  /** Somebody pressed Ctrl+C: nothing new begins. */
  readonly interrupted: () => boolean;
  readonly ask: (one: CallCase, mayGoOn: () => void) => Promise<Answer>;
  readonly say: (line: string) => void;
  /** Gets all answers there are, after each that was asked for. */
  readonly keep?: (answers: readonly Answer[]) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Asks case after case, in their order, as long as there is money for them. */
export const runAll = async (cases: readonly Case[], run: Run): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (const [index, one] of cases.entries()) {
    const why = reasonToSkip(one, run);
    const answer = why === undefined && isCall(one) ? await askOne(one, run) : skipped(one, why ?? '');
    answers.push(answer);
    if (why === undefined) run.keep?.(answers);
    const of = Number.isFinite(run.budget.capUsd) ? ` of ${run.budget.capUsd.toFixed(2)}` : '';
    const spent = `${run.budget.spentUsd.toFixed(2)}${of} $`;
    run.say(
      `${`${index + 1}/${cases.length}`.padEnd(6)} ${answer.verdict.padEnd(8)} ${one.id}${
        answer.why ? `: ${answer.why}` : ''
      }${answer.verdict === 'skipped' ? '' : ` (${answer.minutes.toFixed(1)} min, ${spent})`}`,
    );
    for (const { what, why: reason } of answer.leftovers) run.say(`       LEFT BEHIND: ${what}: ${reason}`);
  }
  return answers;
};

const askOne = async (one: CallCase, { budget, interrupted, ask, now }: Run): Promise<Answer> => {
  const beganMs = now();
  const minutes = (): number => (now() - beganMs) / 60_000;
  const answer = await ask(one, () => {
    if (interrupted()) throw new StoppedError('Stopped by hand.');
    budget.check(one, minutes());
  });
  budget.charge(one, minutes());
  return answer;
};

const skipped = ({ id }: Case, why: string): Answer => ({
  id,
  verdict: 'skipped',
  why,
  leftovers: [],
  minutes: 0,
});

const reasonToSkip = (one: Case, { budget, given, interrupted }: Run): string | undefined => {
  if (!isCall(one)) return `to be read at ${one.where}`;
  if (interrupted()) return 'stopped by hand';
  const missing = [
    ...(Object.keys(one.needs?.roles ?? {}) as RoleKind[])
      .filter((kind) => given.roles[kind] === undefined)
      .map((kind) => `--${kind}-role-arn`),
    ...(one.needs?.image && given.image === undefined ? ['--image'] : []),
  ];
  if (missing.length > 0) return `needs ${missing.join(' and ')}`;
  if (budget.canAfford(one)) return undefined;
  const left = Math.max(0, budget.capUsd - budget.spentUsd);
  return `would cost ${one.cost.usd.toFixed(2)} $, and ${left.toFixed(2)} $ of the cap are left`;
};
