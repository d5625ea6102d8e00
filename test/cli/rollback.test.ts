import { AwsError } from '../../local/aws-error.ts';
import { turnOf } from '../stories/support/rollbacks.ts';
import { openWithClients, releaseWith } from '../stories/support/shifts.ts';
import { openStory } from '../stories/support/story.ts';
import { tells, test } from '../stories/support/test.ts';
import { writeLive, writeRemoved } from './support/ledger.ts';
import { typed } from './support/typed.ts';

test('asks before it acts, and takes no other answer than yes', async () => {
  const { world } = await openStory();
  await writeLive(world, 'first', 'second');

  const { code, log } = await typed(['rollback', 'flight-delay'], { world, answer: 'well' });

  expect(log).toContain('Roll back flight-delay: from second back to first? [y/N] ');
  expect(log).toContain('Nothing was changed.');
  expect(code).toBe(1);
  expect(world.stepfunctions.executions().map(({ machineName }) => machineName)).not.toContain(
    'signalbox-prod-rollback',
  );
});

test('hands the machine what serves and what is to serve', async () => {
  const { world } = await openStory();
  await writeLive(world, 'first', 'second', 'third');

  await typed(['rollback', 'flight-delay', '--to', 'first', '--reason', 'wrong labels', '--yes'], {
    world,
    stops: true,
  });

  const started = world.stepfunctions
    .executions()
    .find(({ machineName }) => machineName.endsWith('-rollback'));
  expect(JSON.parse(started!.input)).toEqual({
    pipeline: 'flight-delay',
    endpoint: 'flight-delay',
    from: 'third-r0',
    to: 'first-r0',
    reason: 'wrong labels',
    by: 'you',
  });
});

test('brings back what was proved last where a change was left half done', async () => {
  const { story, champion } = await openWithClients();
  story.play({
    endpointUpdate: () => 'rollback-fails',
    fault: ({ operation, input }) =>
      operation === 'UpdateEndpoint' &&
      (input as { EndpointConfigName: string }).EndpointConfigName === champion.config
        ? new AwsError('ResourceLimitExceeded', 'No ml.c5.large is left.')
        : undefined,
  });
  await releaseWith(story, { shift: { type: 'rolling', batchPercent: 50, intervalSeconds: 300 } });
  expect((await story.served())!.status).toBe('UpdateRollbackFailed');
  story.play({ endpointUpdate: () => 'shift', fault: () => undefined });

  const { log } = await typed(['rollback', 'flight-delay', '--yes'], { world: story.world, stops: true });
  expect(log).toContain(`back to ${champion.id}`);
  await story.pass({ hours: 1 });

  expect(await story.served()).toMatchObject({ status: 'InService', config: champion.config });
  expect(turnOf(story)).not.toHaveProperty('shifting');
});

globalThis.test.each([
  [['flight'], [], 'There is no pipeline and no endpoint flight in this stack'],
  [['flight-delay'], [], 'Nothing was released to flight-delay yet.'],
  [['flight-delay'], ['first'], 'flight-delay served nothing before first.'],
  [['flight-delay'], ['first', 'second', 'first'], '--to brings back what came after it: second.'],
  [['flight-delay'], ['first', 'second', 'third', 'second'], 'from second back to first'],
  [['flight-delay', '--to', 'second'], ['first', 'second'], 'second is what flight-delay serves now.'],
  [['flight-delay', '--to', 'frist'], ['first', 'second'], 'never served frist; did you mean first?'],
  [['flight-delay'], ['first', 'second'], 'There is nobody to ask whether to roll back.'],
])('refuses %j after %j', (words, served, message) =>
  tells(async () => {
    const { world } = await openStory();
    await writeLive(world, ...served);

    const { code, log } = await typed(['rollback', ...words], { world });

    expect(log).toContain(message);
    expect(code).toBe(2);
  }),
);

test('refuses what was cleaned up, and says what is left to go back to', async () => {
  const { world } = await openStory();
  await writeLive(world, 'first', 'second', 'third');
  await writeRemoved(world, 'first');

  const { code, log } = await typed(['rollback', 'flight-delay', '--to', 'first', '--yes'], { world });

  expect(log).toContain('first was cleaned up: deploy.keep keeps only newer ones.');
  expect(log).toContain('flight-delay can go back to second.');
  expect(log).toContain('The model package of first is still registered');
  expect(code).toBe(2);
});
