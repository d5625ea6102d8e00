import type { Plan } from '../functions/shared/generated/contracts.ts';
import { PollingStack } from './polling/polling-stack.ts';
import { type LastPlan, type Part, Rehearsal, sumOf } from './rehearsal.ts';
import type { Section } from './section.ts';

/** What a release may take that shifts in one of SageMaker's own ways. */
const LIMIT = 95;
/** A trial first: its own config, alarms and checks, in and out again, and the guarded shift after it. */
const LIMIT_OF_A_SHADOW = 200;
/** SageMaker guards no weights: each step is checked, taken, proven and listened to by states of our own. */
const LIMIT_OF_WEIGHTS = 180;
const LIMIT_OF_A_STEP = 25;

interface Shift {
  readonly shown: string;
  /** The block of the pipeline file, with short waits and with long ones. */
  readonly blocks: readonly { readonly waits: string; readonly block: object }[];
  readonly limit: number;
}

const JOB_SECONDS = 600;

const minutes = (count: number): number => count * 60;

const SHIFTS: readonly Shift[] = [
  {
    shown: 'canary',
    limit: LIMIT,
    blocks: [5, 50].map((bake) => ({
      waits: `bakes ${bake} minutes`,
      block: { type: 'canary', percent: 25, bakeSeconds: minutes(bake) },
    })),
  },
  {
    shown: 'linear, 4 steps',
    limit: LIMIT,
    blocks: [5, 50].map((interval) => ({
      waits: `${interval} minutes each`,
      block: { type: 'linear', stepPercent: 25, intervalSeconds: minutes(interval) },
    })),
  },
  {
    shown: 'all-at-once',
    limit: LIMIT,
    blocks: [5, 50].map((bake) => ({
      waits: `bakes ${bake} minutes`,
      block: { type: 'all-at-once', bakeSeconds: minutes(bake) },
    })),
  },
  {
    shown: 'rolling, 4 batches',
    limit: LIMIT,
    blocks: [5, 50].map((interval) => ({
      waits: `${interval} minutes each`,
      block: { type: 'rolling', batchPercent: 25, intervalSeconds: minutes(interval) },
    })),
  },
  ...[1, 2, 5, 10].map((count) => ({
    shown: `weights, ${count} step${count === 1 ? '' : 's'} to 100 %`,
    limit: LIMIT_OF_WEIGHTS + count * LIMIT_OF_A_STEP,
    blocks: [5, 120].map((interval) => ({
      waits: interval < 60 ? `${interval} minutes each` : `${interval / 60} hours each`,
      block: {
        type: 'weights',
        steps: Array.from({ length: count }, (_, index) => Math.round((100 * (index + 1)) / (count + 1))),
        intervalSeconds: minutes(interval),
      },
    })),
  })),
  {
    shown: 'shadow, then canary',
    limit: LIMIT_OF_A_SHADOW,
    blocks: [1, 24].map((hours) => ({
      waits: `${hours} hour${hours === 1 ? '' : 's'} of copies`,
      block: { type: 'shadow', seconds: minutes(60 * hours) },
    })),
  },
];

interface Count {
  readonly shift: Shift;
  readonly waits: string;
  readonly parts: readonly Part[];
  readonly ours: number;
  readonly polling: number;
}

/** A release of each shift with short and with long waits, and the polling design's with the same plan. */
export async function countShifts(): Promise<Section> {
  const counts: Count[] = [];
  for (const shift of SHIFTS) {
    for (const { waits, block } of shift.blocks) counts.push({ shift, waits, ...(await countOne(block)) });
  }
  const machines = [...new Set(counts.flatMap(({ parts }) => parts.map(({ machine }) => machine)))];
  return {
    title: 'Transitions of each shift, beside a polling design',
    how: `A LIVE release over a champion on four instances, jobs of ten minutes, with short waits and with long ones. Polling is an ordinary design of the same flow, in bench/polling: jobs by .sync as well, and asked once a minute whether the alarms are OK, the endpoint is at rest and no alarm of a trial rings; it takes no turns, keeps no ledger, remembers no steps and cleans nothing up, which is what ours has more of when the waits are short. Polling grows by 3 with each minute, ours does not grow. It runs in the same world on the same plan. With waits of more than two days in all it would fail: an execution holds 25,000 events. The watch that follows has a table of its own.`,
    columns: ['shift', 'waits', ...machines, 'in all', 'limit', 'polling', 'times as many'],
    rows: counts.map(({ shift, waits, parts, ours, polling }) => [
      shift.shown,
      waits,
      ...machines.map((machine) => String(sumOf(parts.filter((part) => part.machine === machine)))),
      String(ours),
      `at most ${shift.limit}`,
      polling.toLocaleString('en-GB'),
      `${(polling / ours).toFixed(1)} ×`,
    ]),
    broken: [
      ...counts
        .filter(({ shift, ours }) => ours > shift.limit)
        .map(({ shift, waits, ours }) => `${shift.shown} that ${waits} takes ${ours} transitions.`),
      ...SHIFTS.filter(
        (shift) => new Set(counts.filter((count) => count.shift === shift).map(({ ours }) => ours)).size > 1,
      ).map(({ shown }) => `${shown} takes more transitions with longer waits; length must not matter.`),
    ],
  };
}

async function countOne(shift: object): Promise<Pick<Count, 'parts' | 'ours' | 'polling'>> {
  const rehearsal = await Rehearsal.open(JOB_SECONDS, { fleet: () => ({ requestsPerMinute: 600 }) });
  try {
    const polling = await PollingStack.deploy(rehearsal.world);
    await rehearsal.release();
    const parts = (await rehearsal.release({ shift })).filter(({ isOfRelease }) => isOfRelease);
    const execution = await polling.run('release', planAgain(rehearsal.lastPlan()));
    const { outcome } = JSON.parse(execution.output!) as { outcome: string };
    if (outcome !== 'LIVE') throw new Error(`The polling design ended ${outcome}, not LIVE.`);
    const partsOfPolling = rehearsal.parts(execution.arn).filter(({ isOfRelease }) => isOfRelease);
    return { parts, ours: sumOf(parts), polling: sumOf(partsOfPolling) };
  } finally {
    await rehearsal.close();
  }
}

/** The same plan for one release more, on the same data and over what serves now. */
function planAgain({ plan, release, config }: LastPlan): { plan: Plan; name: string } {
  // Everything has a new name but the list of the data, which lies where the first release wrote it.
  const named = new RegExp(`(?<!manifests/[^"]*)${release}`, 'g');
  const again = JSON.parse(JSON.stringify(plan).replaceAll(named, `${release}-p`)) as Plan;
  const champion = { ...again.deploy.champion, configName: config };
  return { plan: { ...again, deploy: { ...again.deploy, champion } }, name: `${release}-p-r0` };
}
