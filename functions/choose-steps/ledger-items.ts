import type { PlanStep, StepChoiceRequest, StepOutputs } from '#shared/generated/contracts.ts';
import type { StepName } from './choose-steps.ts';

/** A step under its key, as an earlier release left it in the ledger. */
export interface FoundStep {
  readonly isFinished: boolean;
  readonly job: string;
  readonly release: string;
  /** Null until it has finished, or when what is written there makes no sense. */
  readonly outputs: StepOutputs | null;
}

type Items = StepChoiceRequest['items'];

export function foundStep(items: Items, name: StepName, key: string): FoundStep | undefined {
  const item = items.find(({ sk }) => sk.S === `${name}/${key}`);
  if (item === undefined) return undefined;
  return {
    isFinished: item.status?.S === 'FINISHED',
    job: item.job?.S ?? '',
    release: item.release?.S ?? 'unknown',
    outputs: outputsIn(parsed(item.outputs?.S)),
  };
}

/** The steps that the last release planned; empty before the first. */
export function latestSteps(items: Items): Partial<Record<StepName, PlanStep | null>> {
  const latest = parsed(items.find(({ sk }) => sk.S === 'latest')?.steps?.S);
  return isRecord(latest) ? latest : {};
}

function outputsIn(written: unknown): StepOutputs | null {
  if (!isRecord(written) || typeof written.uri !== 'string') return null;
  const { uri, hash, etag, added, metricsKey, training, compilation } = written;
  return {
    uri,
    ...(typeof hash === 'string' && { hash }),
    ...(typeof etag === 'string' && { etag }),
    ...(typeof added === 'number' && { added }),
    ...(typeof metricsKey === 'string' && { metricsKey }),
    ...(isRecord(training) && { training }),
    ...(isRecord(compilation) && { compilation }),
  };
}

/** The ledger can be edited by hand: what cannot be read counts as absent, and costs a step and no release. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, never> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
