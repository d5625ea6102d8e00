import type { World } from '../local/world.ts';
import type { Ground } from './aws.ts';
import type { CallCase, RoleKind } from './case.ts';
import { policyOf, trustedBy } from './roles.ts';

/** A local world as the ground for cases: its virtual time passes as fast as it is asked to. */
export const localGround = (world: World): Ground => {
  const pass = async <T>(call: Promise<T>): Promise<T> => {
    let pending = true;
    const settled = call.finally(() => {
      pending = false;
    });
    settled.catch(() => undefined);
    // Most calls answer at once; time passes only for those that do not.
    await Promise.race([settled.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 50))]);
    while (pending) {
      await world.clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return settled;
  };
  return {
    name: 'the local world',
    region: world.region,
    accountId: world.accountId,
    clients: {
      region: world.region,
      endpoint: world.endpointUrl,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
      disableHostPrefix: true,
      maxAttempts: 1,
    },
    sleep: (seconds) => world.clock.advance(seconds * 1_000),
    pass,
    role: (kind) => roleArnIn(world, kind),
    image: () => {
      const { uri } = world.ecr.createRepository('signalbox-conform');
      world.ecr.push({ repository: 'signalbox-conform', tag: 'latest', content: 'conform' });
      return `${uri}:latest`;
    },
  };
};

const roleArnIn = (world: World, kind: RoleKind): string =>
  `arn:aws:iam::${world.accountId}:role/conform-${kind}`;

/** Gives a world the roles that a case needs, with exactly the policies that are printed for them. */
export const giveRoles = (world: World, { needs }: CallCase): void => {
  for (const [kind, allows] of Object.entries(needs?.roles ?? {}) as [RoleKind, never][]) {
    const given = { accountId: world.accountId, region: world.region, ...roleArns(world) };
    world.iam.addRole({
      arn: roleArnIn(world, kind),
      trust: trustedBy(kind),
      policies: [{ name: 'conform', document: policyOf(allows, given) }],
      managedPolicyArns: [],
    });
  }
};

const roleArns = (world: World) => ({ roleArnOf: (kind: RoleKind) => roleArnIn(world, kind) });
