import { explore } from '../test/protocol/model.ts';
import type { Policy, Size } from '../test/protocol/world.ts';
import { rounded } from './numbers.ts';
import type { Section } from './section.ts';

const three = (policy: Policy): Policy[] => [policy, policy, policy];

const TRIALS: Size = { releases: 2, aborts: 1, redrives: 1, isCoarse: true };

/** Larger than the tests', and all together done within a minute. */
const SIZES: readonly Size[] = [
  { releases: 2, aborts: 1, redrives: 1 },
  { releases: 2, aborts: 2, redrives: 0, settlers: 2 },
  { releases: 2, aborts: 2, redrives: 1, isCoarse: true },
  { releases: 3, aborts: 1, redrives: 0 },
  { releases: 3, aborts: 2, redrives: 0, isCoarse: true },
  { releases: 3, aborts: 1, redrives: 0, isCoarse: true, policies: three('queue') },
  { releases: 3, aborts: 1, redrives: 0, isCoarse: true, policies: three('cancel') },
  { releases: 3, aborts: 1, redrives: 0, isCoarse: true, policies: ['newest', 'queue', 'cancel'] },
  { ...TRIALS, trials: 'weights', redriven: 'itself' },
  { ...TRIALS, trials: 'shadow', redriven: 'itself' },
  { ...TRIALS, trials: 'weights', redrives: 0, isCoarse: false, policies: ['newest', 'cancel'] },
];

/** Some minutes on a machine with 8 GB to spare: see protocol-in-full.ts. */
export const FULL: readonly Size[] = [
  { ...TRIALS, trials: 'weights', redriven: 'the release', policies: ['cancel', 'queue'] },
  { ...TRIALS, trials: 'weights', policies: ['newest', 'cancel'] },
  { releases: 3, aborts: 2, redrives: 1, redriven: 'itself', isCoarse: true },
];

/** Every interleaving of the turns' protocol, at sizes that no test has the time for. */
export function searchProtocol(sizes: readonly Size[] = SIZES): Section {
  const searches = sizes.map((size) => {
    const beganMs = performance.now();
    const found = explore(size);
    return { size, found, seconds: (performance.now() - beganMs) / 1000 };
  });
  return {
    title: 'The turns’ protocol, searched exhaustively',
    how: 'Every interleaving of the model in test/protocol: no two actors, no older intent live after a newer one, only true outcomes, and from every state the end can still be reached. *Coarse* means that each stop is told at most once beside the sweep, and that of late calls only those to the endpoint land. With trials every release changes the endpoint several times under one turn, and the machine of a trial may outlive the deployment that started it, which may be redriven meanwhile.',
    columns: [
      'policies',
      'trials',
      'releases',
      'stops',
      'redrives',
      'coarse',
      'states',
      'seconds',
      'states a second',
    ],
    rows: searches.map(({ size, found, seconds }) => [
      [...new Set(size.policies ?? ['newest'])].join(', '),
      size.trials ?? 'none',
      String(size.releases),
      String(size.aborts),
      String(size.redrives),
      size.isCoarse ? 'yes' : 'no',
      found.states.toLocaleString('en-GB'),
      seconds.toFixed(1),
      rounded(found.states / seconds),
    ]),
    broken: searches.flatMap(({ size, found: { broken } }) =>
      broken ? [`${JSON.stringify(size)} leads to ${broken.kind}: ${broken.trace.join(', ')}.`] : [],
    ),
  };
}
