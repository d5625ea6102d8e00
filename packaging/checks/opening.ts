import { openWorld } from '../../local/open-world.ts';

/**
 * The local world refuses what AWS would refuse when the stack is made: a null,
 * a broken JSONata expression, a role that lacks what its machine needs.
 */
export async function openingFindings(): Promise<string[]> {
  try {
    const world = await openWorld();
    await world.close();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
