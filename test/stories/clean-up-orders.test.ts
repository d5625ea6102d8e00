import { Random } from '../../local/random.ts';
import { executionsOf, history, request, rollsBack, turnOf } from './support/rollbacks.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import { breaks, releasesWith } from './support/watches.ts';

const KEEP = 2;
const ACTS = 14;

/** Whatever people and time do to an endpoint, in any order. */
const acts: Record<string, (story: Story, random: () => number) => Promise<unknown>> = {
  release: (story) => releasesWith(story, 1, { keep: KEEP, watch: { seconds: 7200 } }),
  'roll back': (story) => rollsBack(story, request),
  'roll back to any': (story, random) => {
    const proven = [...new Set(history(story))];
    return rollsBack(story, { ...request, to: proven[Math.floor(random() * proven.length)] });
  },
  'let an alarm ring': async (story) => {
    breaks(story, (await story.served())!.config, 1);
    await story.pass({ minutes: 50 });
  },
  'stop a watch': async (story) => {
    const watch = executionsOf(story, 'watch').findLast(({ status }) => status === 'RUNNING');
    if (watch) await story.abort(watch.arn);
  },
  'let a watch end': (story) => story.pass({ hours: 3 }),
  'let some time pass': (story) => story.pass({ minutes: 20 }),
};

for (let seed = 1; seed <= 6; seed += 1) {
  test(`nothing that serves or is kept is ever removed, in any order of acts: seed ${seed}`, async () => {
    const story = await openStory({ seed });
    const stream = new Random(seed).stream('acts');
    const random = (): number => stream.number();
    const removed = judgeRemovals(story);
    await releasesWith(story, 3, { keep: KEEP, watch: { seconds: 7200 } });
    const done: string[] = [];

    for (let act = 0; act < ACTS; act += 1) {
      const names = Object.keys(acts);
      // Releases are the more, so that there is something to clean up.
      const name = random() < 0.3 ? 'release' : names[Math.floor(random() * names.length)]!;
      done.push(name);
      await acts[name]!(story, random);
      await expectWhole(story, removed, done);
    }
    await releasesWith(story, 1, { keep: KEEP, watch: { seconds: 7200 } });
    await story.pass({ hours: 30 });
    await expectWhole(story, removed, done);
    const { configs } = await story.serving();
    expect(configs.length).toBe(1 + KEEP);
    expect(removed.all.size).toBeGreaterThan(0);
  });
}

interface Removed {
  readonly all: Set<string>;
  readonly wrongly: string[];
}

/** Holds each removal against the rule, at the moment in which it is called. */
function judgeRemovals(story: Story): Removed {
  const removed: Removed = { all: new Set(), wrongly: [] };
  story.play({
    fault: ({ operation, input, caller }) => {
      if (operation !== 'DeleteEndpointConfig' || !JSON.stringify(caller).includes('WatchMachineRole'))
        return undefined;
      const { EndpointConfigName: config } = input as { EndpointConfigName: string };
      if (keptIn(story, removed.all).includes(config)) removed.wrongly.push(config);
      removed.all.add(config);
      return undefined;
    },
  });
  return removed;
}

/** What serves, those that served last, and those that were proven before what serves. */
function keptIn(story: Story, removed: ReadonlySet<string>): string[] {
  const lines = history(story).filter((config) => !removed.has(config));
  const live = turnOf(story).live!;
  const others = [...new Set(lines)].filter((config) => config !== live);
  const before = others.filter((config) => lines.lastIndexOf(config) > lines.lastIndexOf(live));
  return [live, ...others.slice(0, KEEP), ...before.slice(0, KEEP)];
}

async function expectWhole(story: Story, removed: Removed, done: readonly string[]): Promise<void> {
  expect({ done, wrongly: removed.wrongly }).toEqual({ done, wrongly: [] });
  const { endpoint, configs, models } = await story.serving();
  const kept = [endpoint!.config, ...keptIn(story, removed.all)];
  expect({ done, missing: kept.filter((config) => !configs.includes(config)) }).toEqual({
    done,
    missing: [],
  });
  expect({ done, missing: kept.filter((config) => !models.includes(config)) }).toEqual({ done, missing: [] });
}
