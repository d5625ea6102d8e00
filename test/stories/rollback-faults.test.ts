import type { CallFault } from '../../local/faults/faults.ts';
import { diesWhileShifting, openWithLive, request, rollsBack, turnOf } from './support/rollbacks.ts';
import type { Story } from './support/story.ts';
import { test } from './support/test.ts';

describe('whichever call of a rollback meets', () => {
  for (const kind of ['lose-answer', 'twice'] as const) {
    test(`"${kind}", the earlier release serves and the ledger is true`, async () => {
      for (const fault of await faultsOf(kind, comesBack)) await comesBack(fault);
    });

    test(`"${kind}" while it restores what a dead deployment left, the next release is live`, async () => {
      for (const fault of await faultsOf(kind, restores)) await restores(fault);
    });
  }
});

/** A fault for each call that a rollback makes in such a story. */
async function faultsOf(
  kind: 'lose-answer' | 'twice',
  tell: (fault?: CallFault) => Promise<Story>,
): Promise<CallFault[]> {
  const { calls } = await tell();
  const counts = new Map<string, number>();
  const faults: CallFault[] = calls.flatMap(({ service, operation, caller }) => {
    if (!caller.arn.includes('-RollbackMachineRole')) return [];
    const call = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, call);
    return [{ service, operation, by: '*RollbackMachineRole*', call, kind }];
  });
  expect(faults.length).toBeGreaterThan(6);
  return faults;
}

async function comesBack(fault?: CallFault): Promise<Story> {
  const { story, live } = await openWithLive(2);
  story.play({ faults: fault ? [fault] : [] });

  const { answer } = await rollsBack(story, request);

  expect([fault, answer.outcome]).toEqual([fault, 'LIVE']);
  await servesAndSaysSo(story, live[0]!.config, fault);
  return story;
}

async function restores(fault?: CallFault): Promise<Story> {
  const { story } = await openWithLive(1, { provisioning: { fleetSeconds: 900 } });
  await diesWhileShifting(story);
  story.play({ faults: fault ? [fault] : [] });

  const { config } = await story.liveRelease();

  await servesAndSaysSo(story, config, fault);
  return story;
}

async function servesAndSaysSo(story: Story, config: string, fault?: CallFault): Promise<void> {
  const { holder, shifting, live } = turnOf(story);
  expect([fault, holder, shifting, live]).toEqual([fault, undefined, undefined, config]);
  expect(await story.served()).toMatchObject({ status: 'InService', config });
  if (fault) expect(story.world.journal.text()).toMatch(/ fault: (loses|is delivered)/);
}
