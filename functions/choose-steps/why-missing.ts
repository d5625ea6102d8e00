import type { PlanStep } from '#shared/generated/contracts.ts';
import type { StepName } from './choose-steps.ts';

/** So many changes are told one by one. */
const TOLD = 5;

/** Longer values, and those that only a machine reads, are told by their name alone. */
const READABLE = /^(?!sha256:|arn:)[^@]{0,24}$/;

/** Why nothing stands under a step's key: which of its ingredients differ from those that were planned last. */
export function whyMissing(
  name: StepName,
  { ingredients }: PlanStep,
  latest: Partial<Record<StepName, PlanStep | null>>,
): [why: string, changed: string[]] {
  const before = latest[name]?.ingredients;
  if (before === undefined) return ['no earlier release has planned it', []];
  const names = [...new Set([...Object.keys(before), ...Object.keys(ingredients)])].sort();
  const changed = names.filter((one) => before[one] !== ingredients[one]);
  if (changed.length === 0) return ['no finished step with these data, image and parameters', []];
  const told = changed.slice(0, TOLD).map((one) => difference(one, before[one], ingredients[one]));
  const more = changed.length > TOLD ? [`${changed.length - TOLD} more`] : [];
  return [[...told, ...more].join(', '), changed];
}

function difference(name: string, before: string | undefined, now: string | undefined): string {
  if (before === undefined) return `${name} is new${READABLE.test(now!) ? ` (${now})` : ''}`;
  if (now === undefined) return `${name} is gone${READABLE.test(before) ? ` (was ${before})` : ''}`;
  const values = READABLE.test(before) && READABLE.test(now) ? ` (${before} to ${now})` : '';
  return `${name} changed${values}`;
}
