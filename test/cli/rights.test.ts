import { accessKeyOf } from '../../local/services/lambda/access-key.ts';
import type { World } from '../../local/world.ts';
import { allow, arnOf, giveRole } from '../local/support/roles.ts';
import { openStory } from '../stories/support/story.ts';
import { test } from '../stories/support/test.ts';
import { writeLive } from './support/ledger.ts';
import { typed } from './support/typed.ts';

const machine = (name: string): string => arnOf('states', `stateMachine:signalbox-prod-${name}`);

/** What docs/cli.md names for every command. */
const COMMON = [
  allow('states:ListStateMachines', '*'),
  allow('states:StartSyncExecution', machine('status')),
];

/** Acts as somebody with these rights and no others. */
async function as(world: World, rights: Parameters<typeof giveRole>[2][], act: () => Promise<void>) {
  const keys = {
    AWS_ACCESS_KEY_ID: accessKeyOf(giveRole(world, 'colleague', ...COMMON, ...rights)),
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'eu-west-1',
  };
  Object.assign(process.env, keys);
  try {
    await act();
  } finally {
    for (const name of Object.keys(keys)) delete process.env[name];
  }
}

/** The keys stand in the process, where the SDK finds them; that there are some is told by the name alone. */
const environment = { AWS_ACCESS_KEY_ID: 'in the process' };

test('the rights that are told for start and approve are enough for a release that a person approves', async () => {
  const { world } = await openStory();
  const executions = ['release', 'train', 'deploy', 'approve'].map((name) =>
    arnOf('states', `execution:signalbox-prod-${name}:*`),
  );
  const rights = [
    allow('states:StartExecution', machine('release')),
    allow(['states:DescribeExecution', 'states:GetExecutionHistory'], executions),
    allow(
      ['sagemaker:DescribeModelPackage', 'sagemaker:UpdateModelPackage'],
      arnOf('sagemaker', 'model-package/*'),
    ),
  ];

  await as(world, rights, async () => {
    const started = await typed(['start', 'flight-delay', '--wait'], { world, environment });
    const approved = await typed(['reject', 'flight-delay/1'], { world, environment });
    const told = await typed(['status'], { world, environment });

    expect(started).toMatchObject({ code: 0 });
    expect(approved).toMatchObject({ code: 0 });
    expect(told).toMatchObject({ code: 0 });
  });
});

test('the rights that are told for rollback are enough', async () => {
  const { world } = await openStory();
  await writeLive(world, 'first', 'second');
  const rights = [
    allow('states:StartExecution', machine('rollback')),
    allow('states:DescribeExecution', arnOf('states', 'execution:signalbox-prod-rollback:*')),
  ];

  await as(world, rights, async () => {
    const { code, log } = await typed(['rollback', 'flight-delay', '--yes'], { world, environment });

    expect(log).not.toContain('error');
    // There is no such endpoint in this world, which the machine finds out.
    expect([0, 1]).toContain(code);
  });
});

test('without the right to a history the status is told all the same', async () => {
  const story = await openStory();
  await story.start({ pipeline: 'flight-delay' });
  await story.pass({ minutes: 7 });

  await as(story.world, [], async () => {
    const { code, out } = await typed(['status'], { world: story.world, environment });

    expect(out).toMatch(/Runs\n.*\n {2}flight-delay-\S+ .* unknown\n/);
    expect(code).toBe(0);
  });
});
