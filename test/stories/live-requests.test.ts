import type { SimulatedFleet } from '../../local/scenario.ts';
import {
  answersOf,
  answersOfVariant,
  clientsOf,
  copiesOf,
  type Phase,
  phasesOf,
  type ShiftBlock,
  sharesOf,
} from './support/clients.ts';
import { openStory, type Story } from './support/story.ts';
import { test as story } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

const FLEETS = [2, 3, 4, 7, 10];

/** Blocks that no fleet of that many instances refuses. Percentages are such that most of them have to be rounded. */
const SHIFTS: Record<string, (instances: number) => ShiftBlock & Record<string, unknown>> = {
  'canary by percent': (instances) => ({
    type: 'canary',
    percent: instances === 2 ? 50 : instances === 3 ? 34 : 25,
    bakeSeconds: 300,
  }),
  'canary by instances': (instances) => ({
    type: 'canary',
    instances: Math.floor(instances / 2),
    bakeSeconds: 300,
  }),
  linear: (instances) => ({
    type: 'linear',
    stepPercent: instances === 2 ? 50 : instances === 3 ? 34 : 30,
    intervalSeconds: 300,
  }),
  'all-at-once': () => ({ type: 'all-at-once', bakeSeconds: 300 }),
  rolling: (instances) => ({
    type: 'rolling',
    batchPercent: instances === 2 ? 50 : instances === 3 ? 34 : 30,
    intervalSeconds: 300,
  }),
  weights: () => ({ type: 'weights', steps: [5, 30, 60], intervalSeconds: 300 }),
  shadow: (instances) => ({
    type: 'shadow',
    seconds: 900,
    // biome-ignore lint/suspicious/noThenProperty: the pipeline file's own word.
    then: { type: 'canary', percent: instances === 2 ? 50 : instances === 3 ? 34 : 25, bakeSeconds: 300 },
  }),
};

const EVERY = Object.keys(SHIFTS).flatMap((shift) =>
  FLEETS.map((instances) => [shift, instances] as [string, number]),
);

describe('while clients go on asking', () => {
  for (const [shift, instances] of EVERY) {
    story(
      `${shift} on ${instances} instances gives the challenger what its instances carry, and nobody an error`,
      async () => {
        const block = SHIFTS[shift]!(instances);

        const { story, release, sinceMs } = await shifts(block, instances, () => ({}));

        expect(release).toMatchObject({ outcome: 'LIVE', reasons: [] });
        expectShares(phasesOf(story, release.config, sinceMs), sharesOf(block, instances));
        const { champion, challenger } = answersOf(story, release.config);
        expect(champion).toEqual({ requests: expect.any(Number), errors: 0 });
        expect(challenger.errors).toBe(0);
        expect(champion.requests).toBeGreaterThan(0);
        expect((await story.served())!.instances).toBe(instances);
      },
    );
  }
});

describe('a shadow', () => {
  for (const percent of [10, 40, 100]) {
    story(`gets ${percent} % of the requests as copies, and answers nobody`, async () => {
      const block = { type: 'shadow', percent, seconds: 900 };

      const { story, release } = await shifts(block, 4, () => ({}));

      expect(release.outcome).toBe('LIVE');
      const { requests } = answersOfVariant(story, `${release.config}-trial`, 'main');
      expect(requests).toBeGreaterThan(0);
      const share = copiesOf(story, release.config).requests / requests;
      expect(Math.abs(share - percent / 100)).toBeLessThanOrEqual(0.02);
    });
  }
});

describe('a watch that is left behind', () => {
  story('lets a day with clients pass in some hundred lines of the journal', async () => {
    const story = await openStory({ fleet: clientsOf() });
    await story.liveRelease();
    const { entries } = story.world.journal;
    const before = entries.length;

    await story.pass({ hours: 23 });

    expect(story.executions('watch')[0]!.status).toBe('RUNNING');
    // The sweep looks once an hour, the watch with pauses that double; no minute is counted by itself.
    expect(entries.length - before).toBeLessThan(700);
  });
});

const FAULTS: Record<string, SimulatedFleet> = {
  'answers with errors': { errorShare: 0.5 },
  'is slow': { latencyMs: 5000 },
};

describe('a challenger that', () => {
  for (const [fault, behaves] of Object.entries(FAULTS)) {
    for (const shift of Object.keys(SHIFTS)) {
      story(`${fault} goes back from ${shift}, and no request to the champion fails`, async () => {
        const { story, release, champion, sinceMs } = await shifts(SHIFTS[shift]!(4), 4, () => behaves);

        expect(release.outcome).toBe(shift === 'shadow' ? 'REJECTED' : 'ROLLED_BACK');
        expect(release.reasons.length).toBeGreaterThan(0);
        expect(await story.served()).toMatchObject({
          status: 'InService',
          config: champion.config,
          instances: 4,
        });
        const answers = answersOf(story, release.config);
        expect(answers.champion.errors).toBe(0);
        // A shadow answers nobody.
        expect(answers.challenger.requests > 0).toBe(shift !== 'shadow');
        expect(copiesOf(story, release.config).requests > 0).toBe(shift === 'shadow');
        await story.pass({ hours: 1 });
        const { share, seconds } = phasesOf(story, release.config, sinceMs).at(-1)!;
        expect(share).toBeLessThan(0.001);
        expect(seconds).toBeGreaterThan(3000);
      });
    }
  }
});

/** A champion goes live, an hour passes, and a second release shifts in the way of the block. */
async function shifts(
  shift: ShiftBlock,
  instances: number,
  challenger: () => SimulatedFleet,
): Promise<{ story: Story; champion: ToldRelease; release: ToldRelease; sinceMs: number }> {
  const story = await openStory({ fleet: clientsOf(challenger) });
  const deploy = { instances: { count: instances }, shift };
  const next = async (overrides: object): Promise<ToldRelease> => {
    await story.start({ pipeline: 'flight-delay', fresh: true, overrides });
    return story.released();
  };
  const champion = await next({ deploy: { instances: deploy.instances, shift: { type: 'all-at-once' } } });
  expect(champion.outcome).toBe('LIVE');
  await story.pass({ hours: 1 });
  const sinceMs = story.world.clock.now();
  const release = await next({ deploy });
  // A minute more, so that what came since the last change is counted, too.
  await story.pass({ minutes: 2 });
  return { story, champion, release, sinceMs };
}

/** The same shares in the same order, each within two points. */
function expectShares(phases: readonly Phase[], shares: readonly number[]): void {
  const seen = phases.map(({ share }) => `${(share * 100).toFixed(1)} %`);
  const meant = shares.map((share) => `${(share * 100).toFixed(1)} %`);
  const isAsMeant =
    phases.length === shares.length &&
    phases.every(({ share }, index) => Math.abs(share - shares[index]!) <= 0.02);
  // Told as texts: a share by itself says little about where it went wrong.
  expect(isAsMeant ? meant : seen).toEqual(meant);
}
