import { join } from 'node:path';
import type { ResolvedShift } from '../functions/shared/shift.ts';
import type { World } from '../local/world.ts';
import { projectRoot } from '../packaging/root.ts';
import { firstFlights, moreFlights, spoiledFlights } from '../workloads/flight-delay/sample/sample-data.ts';

/** Something a person does to the world, and what a release should make of it. */
export interface Act {
  readonly number: 1 | 2 | 3;
  readonly title: string;
  /** The one outcome that counts as told. */
  readonly expected: 'LIVE' | 'ROLLED_BACK' | 'REJECTED';
  act(world: World): void;
}

const workload = join(projectRoot, 'workloads/flight-delay');

export const upload = (world: World, name: string, flights: readonly object[]): void => {
  world.s3.put(world.outputs.DataBucketName!, `flight-delay/incoming/${name}`, JSON.stringify(flights));
};

/** The image that was in the registry before the stack watched it. */
export function pushFirstImage(world: World): void {
  world.ecr.createRepository('flight-delay');
  world.ecr.push({ repository: 'flight-delay', tag: 'stable', directory: workload });
}

/** What the acts need to know of the pipeline that they play. */
export interface ActsOf {
  readonly shift: ResolvedShift['type'];
}

/** How the new model takes over, as people would say it. */
const BY: Readonly<Record<ActsOf['shift'], string>> = {
  canary: 'by canary',
  linear: 'in equal steps',
  'all-at-once': 'all at once',
  rolling: 'batch by batch',
  weights: 'with a growing share of the requests',
  shadow: 'after a shadow test',
};

export const actsOf = ({ shift }: ActsOf): readonly Act[] => [
  {
    number: 1,
    title: 'Flights of January and February are uploaded. Spot takes the instance once.',
    expected: 'LIVE',
    act: (world) => upload(world, '2001-01-02.json', firstFlights()),
  },
  {
    number: 1,
    title: `March follows. The new model takes over ${BY[shift]}.`,
    expected: 'LIVE',
    act: (world) => upload(world, '2001-03.json', moreFlights()),
  },
  {
    number: 2,
    title: 'A new image is pushed. Its serving code fails on flights after 8 p.m.',
    // A shadow answers nobody: what it does wrong is found before any shift.
    expected: shift === 'shadow' ? 'REJECTED' : 'ROLLED_BACK',
    act: (world) => {
      const overlay = join(workload, 'overlays/faulty-serving');
      world.ecr.push({ repository: 'flight-delay', tag: 'stable', directory: workload, overlay });
    },
  },
  {
    number: 3,
    title: 'A correction is uploaded whose delays were joined to the wrong flights.',
    expected: 'REJECTED',
    act: (world) => upload(world, '2001-04-correction.json', spoiledFlights()),
  },
];

/** The acts to play: all, or one with the first upload before it, since it needs a champion. */
export function actsFor(only: Act['number'] | undefined, of: ActsOf): readonly Act[] {
  const acts = actsOf(of);
  if (only === undefined) return acts;
  const chosen = acts.filter(({ number }) => number === only);
  return only === 1 ? chosen : [acts[0]!, ...chosen];
}

/** What is not as told, if anything: one release for each act, each with its outcome. */
export function faultOf(
  acts: readonly Pick<Act, 'expected'>[],
  releases: readonly { readonly outcome: string | undefined }[],
): string | undefined {
  const told = releases.map(({ outcome }) => outcome ?? 'no outcome').join(', ');
  const expected = acts.map((act) => act.expected).join(', ');
  return told === expected
    ? undefined
    : `This is not how it should end: ${told || 'nothing'} instead of ${expected}.`;
}
