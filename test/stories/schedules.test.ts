import { packageSchedules, playSchedule } from '../schedules/play.ts';
import { Watcher } from '../schedules/watcher.ts';
import { openStory } from './support/story.ts';
import { test as story } from './support/test.ts';

/** The bench plays a thousand. */
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

describe('overlapping releases', () => {
  let packageDirectory: string;

  beforeAll(() => {
    packageDirectory = packageSchedules();
  });

  test.each(SEEDS)('keep their turns and their word with seed %i, whatever goes wrong', async (seed) => {
    const { schedule, violations, journal, outcomes } = await playSchedule(seed, packageDirectory);

    if (violations.length > 0) {
      throw new Error([...violations, JSON.stringify(schedule), journal].join('\n'));
    }
    expect(outcomes.length).toBeGreaterThan(0);
  });
});

describe('whoever watches them', () => {
  story('sees an act without the turn', async () => {
    const { world } = await openStory();
    const watcher = new Watcher(world, 'flight-delay');
    const caller = { arn: 'role', via: 'state', sourceArn: 'stranger' } as const;

    watcher.seeCall({ service: 'sagemaker', operation: 'UpdateEndpoint', input: {}, caller });

    expect(watcher.violations).toEqual([expect.stringContaining('nobody holds the turn')]);
  });

  story(
    'sees a turn that is kept, a release without an outcome and an endpoint that nobody proved',
    async () => {
      const opened = await openStory();
      const { world } = opened;
      const watcher = new Watcher(world, 'flight-delay');
      await world.door.call({
        service: 'dynamodb',
        operation: 'PutItem',
        input: {
          TableName: world.outputs.LedgerTableName,
          Item: {
            pk: { S: 'turn' },
            sk: { S: 'endpoint/flight-delay' },
            holder: { S: 'somebody' },
            live: { S: 'a-config' },
          },
        },
        caller: world.person,
      });
      const executionArn = await opened.start({ pipeline: 'flight-delay' });

      await watcher.seeEnd();
      // What was under way comes to a rest before the world is closed.
      await world.clock.advance(1000);

      expect(watcher.violations).toEqual([
        expect.stringContaining(`${executionArn} still runs`),
        expect.stringContaining('turn endpoint/flight-delay still has holder somebody'),
        expect.stringContaining(`${executionArn} ended with nothing`),
        expect.stringContaining('a-config is live, but there is no endpoint'),
      ]);
    },
  );
});
