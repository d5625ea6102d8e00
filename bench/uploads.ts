import { openWorld } from '../local/open-world.ts';
import { goodJob } from '../play/good-job.ts';
import type { Section } from './section.ts';

const COUNTS = [1, 100, 1000, 10_000];

/** Writes to the ledger and transitions stay under this for ten thousand uploads. */
const LIMIT = 60;

interface Count {
  readonly uploads: number;
  readonly batches: number;
  readonly transitions: number;
  readonly writes: number;
  readonly calls: number;
  readonly releases: number;
  readonly listed: number;
}

/** What a burst of uploads costs until its one release is asked for. */
export async function countUploads(): Promise<Section> {
  const counts: Count[] = [];
  for (const uploads of COUNTS) counts.push(await burst(uploads));
  return {
    title: 'A burst of uploads',
    how: 'Uploads within a minute in virtual time, their events shuffled and a tenth of them doubled, until the release is asked for. Queue batches are invocations of `route-events`; transitions are those of `collect`; writes and calls are those of both, and of `write-manifest`.',
    columns: [
      'uploads',
      'queue batches',
      'transitions',
      'ledger writes',
      'AWS calls',
      'releases',
      'objects listed',
    ],
    rows: counts.map(({ uploads, batches, transitions, writes, calls, releases, listed }) =>
      [uploads, batches, transitions, writes, calls, releases, listed].map((count) =>
        count.toLocaleString('en-GB'),
      ),
    ),
    broken: counts.flatMap(({ uploads, releases, listed, transitions, writes }) => [
      ...(releases === 1 ? [] : [`${uploads} uploads made ${releases} releases.`]),
      ...(listed === uploads ? [] : [`${uploads} uploads were listed as ${listed}.`]),
      ...(transitions < LIMIT && writes < LIMIT
        ? []
        : [
            `${uploads} uploads took ${transitions} transitions and ${writes} writes; the limit is ${LIMIT}.`,
          ]),
    ]),
  };
}

async function burst(uploads: number): Promise<Count> {
  let calls = 0;
  let writes = 0;
  let batches = 0;
  const world = await openWorld({
    seed: 7,
    scenario: {
      job: (job) => goodJob(job, 60),
      event: ({ source }) => (source === 'aws.s3' ? fate() : 'deliver'),
      fault: ({ operation, caller }) => {
        if (!/CollectMachineRole|RouteEventsRole|WriteManifestRole/.test(caller.arn)) return undefined;
        // Lambda reads and empties the queue in the function's name.
        if (/ReceiveMessage|DeleteMessage/.test(operation)) return undefined;
        calls += 1;
        if (operation === 'UpdateItem') writes += 1;
        // Each batch keeps one part.
        if (operation === 'PutObject' && caller.arn.includes('RouteEventsRole')) batches += 1;
        return undefined;
      },
    },
  });
  const chance = world.random.stream('bench/uploads');
  const fate = () => (chance.integer(10) === 0 ? 'double' : chance.integer(60));
  try {
    for (let index = 0; index < uploads; index += 1) {
      world.s3.put(world.outputs.DataBucketName!, `flight-delay/incoming/${index}.json`, '[1]');
    }
    const ended = (machine: string) =>
      world.stepfunctions.executions().filter(({ machineName }) => machineName.endsWith(`-${machine}`));
    await world.clock.advance(300_000);
    const releases = ended('release');
    const listed = releases.map(({ input }) => JSON.parse(input).trigger.manifest.objects as number);
    return {
      uploads,
      batches,
      transitions: ended('collect')
        .flatMap(({ history }) => history)
        .filter(({ type }) => type.endsWith('StateEntered')).length,
      writes,
      calls,
      releases: releases.length,
      listed: listed.reduce((sum, count) => sum + count, 0),
    };
  } finally {
    await world.close();
  }
}
