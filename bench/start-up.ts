import { BARE, runChild } from './child.ts';
import { median, ratio, rounded } from './numbers.ts';
import type { Section } from './section.ts';

const STARTS = 5;
const LATER_WORLDS = 5;

const OPENS_WORLDS = `
const { openWorld } = await import('./local/open-world.ts');
await (await openWorld()).close();
const readyMs = performance.now();
const laterMs = [];
for (let count = 0; count < ${LATER_WORLDS}; count += 1) {
  const beganMs = performance.now();
  const world = await openWorld();
  laterMs.push(performance.now() - beganMs);
  await world.close();
}
console.log(JSON.stringify({ readyMs, laterMs }));
process.exit();`;

/** From nothing to a world with all that the packaged template names. */
export function measureStartUp(): Section {
  const rounds = Array.from({ length: STARTS + 1 }, () => ({
    bareMs: runChild<{ readyMs: number }>(BARE).readyMs,
    ...runChild<{ readyMs: number; laterMs: number[] }>(OPENS_WORLDS),
  })).slice(1);
  const bareMs = median(rounds.map((round) => round.bareMs));
  const firstMs = median(rounds.map(({ readyMs }) => readyMs));
  const laterMs = median(rounds.flatMap((round) => round.laterMs));

  return {
    title: 'Start-up of the local world',
    how: `A world from the packaged template, in a Node process of its own; median of ${STARTS} processes. A bare Node is ready after ${rounded(bareMs)} ms. The first includes the start of Node and the loading of all code.`,
    columns: ['world', 'ms', 'beside bare Node'],
    rows: [
      ['first in a process', rounded(firstMs), ratio(firstMs, bareMs)],
      ['later ones', rounded(laterMs), ratio(laterMs, bareMs)],
    ],
    broken: [],
  };
}
