import { median, rounded } from './numbers.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Section } from './section.ts';

const WARM_UP = 100;
const BATCHES = 5;
const RELEASES_PER_BATCH = 20;

/** How fast whole releases are simulated. */
export async function measureReleases(): Promise<Section> {
  const rehearsal = await Rehearsal.open(1800);
  const perSecond: number[] = [];
  try {
    for (let count = 0; count < WARM_UP; count += 1) await rehearsal.upload();
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const beganMs = performance.now();
      for (let count = 0; count < RELEASES_PER_BATCH; count += 1) await rehearsal.upload();
      perSecond.push((RELEASES_PER_BATCH * 1000) / (performance.now() - beganMs));
    }
  } finally {
    await rehearsal.close();
  }
  const middle = median(perSecond);

  return {
    title: 'Simulated releases in virtual time',
    how: `From an upload through queue, functions, jobs of half an hour each and canary to \`LIVE\`, one after another in one world: ${BATCHES} batches of ${RELEASES_PER_BATCH} after ${WARM_UP} to warm up. The packaged function bundles run in the same thread, and their SDK calls go through HTTP and the door.`,
    columns: ['release', 'per second', 'ms each', 'slowest to fastest batch, per second'],
    rows: [
      [
        'LIVE by canary update',
        rounded(middle),
        rounded(1000 / middle),
        `${rounded(Math.min(...perSecond))} to ${rounded(Math.max(...perSecond))}`,
      ],
    ],
    broken: [],
  };
}
