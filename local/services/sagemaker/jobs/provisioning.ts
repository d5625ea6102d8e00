import type { World } from '../../../world.ts';

/** About what AWS takes for an on-demand CPU instance with an image of a few hundred MB. */
const USUAL = { jobSeconds: 90, uploadSeconds: 20 };

/** From the stop request to Stopped when there is nothing to upload. */
export const TEAR_DOWN_SECONDS = 5;

/** The API model's default for training jobs; that of processing jobs is not documented. */
export const LONGEST_RUNTIME_BY_DEFAULT_SECONDS = 86_400;

export interface JobProvisioning {
  readonly startingSeconds: number;
  readonly pendingSeconds: number;
  readonly downloadingSeconds: number;
  readonly uploadSeconds: number;
}

/** `provisioning.jobSeconds` shared out: a sixth to start, half to get instances, a third to download. */
export function jobProvisioning(world: World): JobProvisioning {
  const { jobSeconds, uploadSeconds } = { ...USUAL, ...world.scenario.provisioning };
  return {
    startingSeconds: jobSeconds / 6,
    pendingSeconds: jobSeconds / 2,
    downloadingSeconds: jobSeconds / 3,
    uploadSeconds,
  };
}
