import type {
  ChosenSteps,
  PlanStep,
  PlanSteps,
  StepChoice,
  StepChoiceRequest,
} from '#shared/generated/contracts.ts';
import { type FoundStep, foundStep, latestSteps } from './ledger-items.ts';
import { whyMissing } from './why-missing.ts';
import { whyUseless } from './why-useless.ts';

export type StepName = keyof PlanSteps;

/** For each step whether it runs again, and why: from what the ledger tells of its key, and what S3 still holds. */
export function chooseSteps({ steps, items, survey, fresh }: StepChoiceRequest): ChosenSteps {
  const latest = latestSteps(items);
  const find = (name: StepName, { key }: PlanStep) => (fresh ? undefined : foundStep(items, name, key));
  const choose = (name: StepName, step: PlanStep): StepChoice => {
    if (fresh) return runs('a fresh start was asked for, which uses nothing that has finished');
    const found = find(name, step);
    if (found === undefined) return runs(...whyMissing(name, step, latest));
    if (!found.isFinished) return adopts(found);
    const fault = whyUseless(name, found, survey);
    return fault === undefined ? reuses(found) : runs(fault);
  };

  const train = choose('train', steps.train);
  const compile =
    steps.compile === null
      ? null
      : ofThisModel(train, choose('compile', steps.compile), 'it compiled a model that is not used');
  const challenger = ofThisModel(
    compile ?? train,
    choose('challenger', steps.challenger),
    'it judged a model that is not used',
  );
  const champion = steps.champion === null ? null : choose('champion', steps.champion);
  const isRead = [train, challenger, champion].some((reader) => reader !== null && reader.action !== 'reuse');
  const found = find('process', steps.process);
  // Rows go after 30 days. When nothing is left to read them, it does not matter.
  const process = !isRead && found?.outputs ? unread(found) : choose('process', steps.process);
  return { process, train, compile, challenger, champion };
}

const runs = (why: string, changed: string[] = []): StepChoice => ({
  action: 'run',
  why,
  changed,
  job: '',
  release: '',
  outputs: null,
});

const adopts = ({ job, release }: FoundStep): StepChoice => ({
  action: 'adopt',
  why: `release ${release} began it as ${job}, which is used if it completes`,
  changed: [],
  job,
  release,
  outputs: null,
});

const reuses = ({ job, release, outputs }: FoundStep): StepChoice => ({
  action: 'reuse',
  why: `release ${release} finished it with these data, image and parameters`,
  changed: [],
  job,
  release,
  outputs,
});

const unread = (found: FoundStep): StepChoice => ({
  ...reuses(found),
  why: `what reads its rows has finished; release ${found.release} made them`,
});

/** A compiled model and metrics are of one model: one that is made anew, even from the same ingredients, is another. */
function ofThisModel(model: StepChoice, step: StepChoice, why: string): StepChoice {
  if (model.action === 'reuse' || step.action === 'run') return step;
  const isOneAttempt = model.action === step.action && model.release === step.release;
  return isOneAttempt ? step : runs(why);
}
