import { openEmptyWorld } from '../local/open-world.ts';
import { assumedAnswer } from './assumed.ts';
import type { CallCase, RoleKind } from './case.ts';
import { giveRoles, localGround } from './local-ground.ts';
import { roleKinds } from './roles.ts';
import { type Answer, runCase } from './run-case.ts';

/**
 * Runs a case in a local world of its own, on virtual time, through HTTP, with
 * exactly the roles that are printed for it.
 */
export const rehearseCase = async (one: CallCase): Promise<Answer> => {
  const world = await openEmptyWorld({
    scenario: {
      job: () => ({ seconds: 300, outputs: { model: { 'xgboost-model': 'rounds' } } }),
    },
  });
  try {
    giveRoles(world, one);
    const ground = localGround(world);
    const kinds = Object.keys(roleKinds) as RoleKind[];
    return await runCase(one, ground, {
      expected: assumedAnswer(one),
      prefix: 'signalbox-conform-rehearsal',
      given: {
        ...Object.fromEntries(kinds.map((kind) => [`<${kind}-role>`, ground.role(kind)])),
        '<image>': ground.image(),
      },
      // A rehearsal's minutes are virtual ones.
      now: () => world.clock.now(),
    });
  } finally {
    await world.close();
  }
};
