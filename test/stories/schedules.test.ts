import { packageSchedules, playSchedule } from '../schedules/play.ts';
import { Watcher } from '../schedules/watcher.ts';
import { openStory } from './support/story.ts';
import { test as story } from './support/test.ts';

/** The bench plays hundreds. */
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

  story('sees weights that somebody gives without the turn', async () => {
    const { world } = await openStory();
    const watcher = new Watcher(world, 'flight-delay');
    const caller = { arn: 'role', via: 'state', sourceArn: 'stranger' } as const;

    watcher.seeCall({
      service: 'sagemaker',
      operation: 'UpdateEndpointWeightsAndCapacities',
      input: {},
      caller,
    });

    expect(watcher.violations).toEqual([expect.stringContaining('nobody holds the turn')]);
  });

  story('sees what can be gone back to and is gone, and a failed request to what went live', async () => {
    const opened = await openStory({ fleet: () => ({ requestsPerMinute: 600, errorShare: 0.01 }) });
    const { world } = opened;
    const watcher = new Watcher(world, 'flight-delay');
    const first = await opened.liveRelease();
    await opened.start({ pipeline: 'flight-delay', overrides: { deploy: { watch: { seconds: 0 } } } });
    await opened.released();
    await opened.ask('DeleteEndpointConfig', { EndpointConfigName: first.config });
    await opened.ask('DeleteModel', { ModelName: first.config });
    // Until both watches are over.
    await opened.pass({ hours: 48 });

    await watcher.seeEnd();

    expect(watcher.violations).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`${first.config} can be gone back to, but its config is gone`),
        expect.stringContaining(`${first.config} can be gone back to, but its model is gone`),
        expect.stringMatching(/requests to the champion .+ failed/),
      ]),
    );
  });

  story('sees a release whose outcome was told nobody, and an endpoint of two variants', async () => {
    const opened = await openStory();
    const { world } = opened;
    const { config, execution } = await opened.liveRelease();
    const watcher = new Watcher(world, 'flight-delay');
    const variant = { ModelName: config, InstanceType: 'ml.c5.large', InitialInstanceCount: 1 };
    await opened.ask('CreateEndpointConfig', {
      EndpointConfigName: 'by-hand',
      ProductionVariants: ['main', 'other'].map((VariantName) => ({ ...variant, VariantName })),
    });
    await opened.ask('UpdateEndpoint', { EndpointName: 'flight-delay', EndpointConfigName: 'by-hand' });
    await opened.pass({ hours: 48 });
    world.sns.published.length = 0;

    await watcher.seeEnd();

    expect(watcher.violations).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`LIVE of ${execution.arn} was told nobody`),
        expect.stringContaining('InService with by-hand has 2 variants and 0 shadows'),
      ]),
    );
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
