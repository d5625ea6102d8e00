import type { World } from '../../../world.ts';

/** About what AWS takes for an on-demand CPU instance with an image of a few hundred MB. */
const USUAL = { jobSeconds: 90, uploadSeconds: 20 };

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
