import { median, rounded } from './numbers.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Section } from './section.ts';

const RELEASES_PER_WORLD = 20;
const WORLDS_TO_WARM_UP = 15;
const WORLDS = 15;

/** How fast whole releases are simulated. */
export async function measureReleases(): Promise<Section> {
  for (let count = 0; count < WORLDS_TO_WARM_UP; count += 1) await playWorld();
  const perSecond: number[] = [];
  for (let count = 0; count < WORLDS; count += 1) {
    const beganMs = performance.now();
    await playWorld();
    perSecond.push((RELEASES_PER_WORLD * 1000) / (performance.now() - beganMs));
  }
  const middle = median(perSecond);

  return {
    title: 'Simulated releases in virtual time',
    how: `From an upload through queue, functions, jobs of half an hour each and canary to \`LIVE\`, one after another: ${WORLDS} worlds of ${RELEASES_PER_WORLD} releases each, their opening counted in, after ${WORLDS_TO_WARM_UP} worlds to warm up. The packaged function bundles run in the same thread, and their SDK calls go through AWS’s wire formats and the door.`,
    columns: ['release', 'per second', 'ms each', 'slowest to fastest world, per second'],
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

async function playWorld(): Promise<void> {
  const rehearsal = await Rehearsal.open(1800);
  try {
    for (let count = 0; count < RELEASES_PER_WORLD; count += 1) await rehearsal.upload();
  } finally {
    await rehearsal.close();
  }
}
