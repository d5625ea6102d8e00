import type { Scenario } from '../local/scenario.ts';

/** AWS takes a minute or two; that is not what a rehearsal is about. */
export const PROVISIONING = { jobSeconds: 60, uploadSeconds: 10, fleetSeconds: 90 } as const;

/** Spot takes the first job's instance when four checkpoints are in S3, once. */
export function spotTakesFirstJob(): NonNullable<Scenario['spot']> {
  let first: string | undefined;
  return ({ name, attempt }) => {
    first ??= name;
    return name === first && attempt === 1 ? { kind: 'reclaimed', afterCheckpoints: 4 } : { kind: 'kept' };
  };
}

/** The first image was in the registry before this stack watched it. */
export function unheardFirstPush(): NonNullable<Scenario['event']> {
  let isFirstPush = true;
  return ({ source }) => {
    if (source !== 'aws.ecr' || !isFirstPush) return 'deliver';
    isFirstPush = false;
    return 'drop';
  };
}

/** No push is heard: what a rehearsal is about are the uploads. */
export const unheardPushes =
  (): NonNullable<Scenario['event']> =>
  ({ source }) =>
    source === 'aws.ecr' ? 'drop' : 'deliver';
