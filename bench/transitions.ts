import { type Part, Rehearsal, sumOf } from './rehearsal.ts';
import type { Section } from './section.ts';

/** States entered in a release and the machines it started stay at or under this. */
const LIMIT = 95;

/** Releases of one endpoint, one after another. */
const RELEASES = ['create', 'update by canary', '2nd update', '3rd update', '4th update', '5th update'];
const SHOWN = new Set(['create', 'update by canary', '5th update']);

const DURATIONS = [
  { shown: '1 minute', seconds: 60 },
  { shown: '20 hours', seconds: 72_000 },
];

interface Count {
  readonly release: string;
  readonly jobs: string;
  readonly parts: readonly Part[];
  readonly total: number;
}

/** How many states a release enters that ends `LIVE`, whether its jobs are short or long. */
export async function countTransitions(): Promise<Section> {
  const counts: Count[] = [];
  for (const { shown, seconds } of DURATIONS) counts.push(...(await countWith(shown, seconds)));
  const rows = [...SHOWN].flatMap((release) => counts.filter((count) => count.release === release));
  const machines = [...new Set(rows.flatMap(({ parts }) => ofRelease(parts).map(({ machine }) => machine)))];

  return {
    title: 'Transitions of a LIVE release',
    how: 'States entered in the release, in the machines it started and in those that they started, counted in virtual time from the executions’ histories. The Express machine `wake` is started by events and billed by its time; it stands beside and not in the sum. So does `settle`, whose sweep looks once an hour whether anything was left behind, for the whole stack and however many releases run. The watch that a deployment leaves behind has a table of its own.',
    columns: ['release', 'each job takes', ...machines, 'in all', 'limit', 'wake, beside', 'settle, beside'],
    rows: rows.map(({ release, jobs, parts, total }) => [
      release,
      jobs,
      ...machines.map((machine) =>
        String(sumOf(ofRelease(parts).filter((part) => part.machine === machine))),
      ),
      String(total),
      `at most ${LIMIT}`,
      ...['wake', 'settle'].map((beside) =>
        String(sumOf(parts.filter(({ isOfRelease, machine }) => !isOfRelease && machine === beside))),
      ),
    ]),
    broken: [
      ...counts
        .filter(({ total }) => total > LIMIT)
        .map(({ release, jobs, total }) => `${release} with jobs of ${jobs} takes ${total} transitions.`),
      ...counts
        .filter(({ release, total }) =>
          counts.some((other) => other.release === release && other.total < total),
        )
        .map(
          ({ release, jobs }) =>
            `${release} takes more transitions with jobs of ${jobs}; length must not matter.`,
        ),
    ],
  };
}

async function countWith(jobs: string, seconds: number): Promise<Count[]> {
  const rehearsal = await Rehearsal.open(seconds);
  try {
    const counts: Count[] = [];
    for (const release of RELEASES) {
      const parts = await rehearsal.release();
      counts.push({ release, jobs, parts, total: sumOf(ofRelease(parts)) });
    }
    return counts;
  } finally {
    await rehearsal.close();
  }
}

const ofRelease = (parts: readonly Part[]): Part[] => parts.filter(({ isOfRelease }) => isOfRelease);
