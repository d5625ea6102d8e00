import type { StepOutputs, SurveyedPlace } from '#shared/generated/contracts.ts';
import type { StepName } from './choose-steps.ts';
import type { FoundStep } from './ledger-items.ts';

const LEAVES = {
  process: 'rows',
  train: 'model',
  compile: 'compiled model',
  challenger: 'metrics',
  champion: 'metrics',
} as const;

/** Why a finished step cannot be used again; undefined when what it left lies where it left it. */
export function whyUseless(
  name: StepName,
  { outputs, release }: FoundStep,
  survey: readonly SurveyedPlace[],
): string | undefined {
  const left = LEAVES[name];
  const has = left.endsWith('model') ? 'has' : 'have';
  if (outputs === null || lacks(name, outputs))
    return `what the ledger keeps of release ${release}'s ${left} cannot be read`;
  if ((outputs.added ?? 0) > 0)
    return `data came while release ${release} read it, so nobody can say what its ${left} are made from`;
  const found = survey.find((place) => place.name === name);
  if (found === undefined || found.objects === 0) return `the ${left} of release ${release} ${has} vanished`;
  return isUnchanged(outputs, found) ? undefined : `the ${left} of release ${release} ${has} changed since`;
}

/** What the release machine goes on with must be there. */
function lacks(name: StepName, { training, compilation, metricsKey }: StepOutputs): boolean {
  if (name === 'process') return false;
  return (
    { train: training, compile: compilation, challenger: metricsKey, champion: metricsKey }[name] ===
    undefined
  );
}

/** Neither hash nor ETag: nothing says that it is what it was. */
const isUnchanged = ({ hash, etag }: StepOutputs, found: SurveyedPlace): boolean =>
  hash === undefined ? etag?.replaceAll('"', '') === found.etag : hash === found.hash;
