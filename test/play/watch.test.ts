import { openWorld } from '../../local/open-world.ts';
import type { World } from '../../local/world.ts';
import { hearApproval } from '../../play/approvals.ts';
import { readRecord } from '../../play/ledger.ts';
import { createTree } from '../../play/terminal/tree.ts';
import { Watch } from '../../play/watch.ts';

describe('whoever watches a world', () => {
  test.each([
    ['a request without a pipeline', '{"pipelin":"flight-delay"}'],
    ['a list', '[]'],
    ['a trigger that is text', '{"pipeline":"flight-delay","trigger":"me"}'],
  ])('lives on when somebody starts a release with %s', async (_, input) => {
    const world = await openWorld();
    const tree = createTree({ write: () => true, isTTY: false } as unknown as NodeJS.WriteStream);
    const watch = new Watch(world, tree);
    try {
      await world.door.call({
        service: 'stepfunctions',
        operation: 'StartExecution',
        input: { stateMachineArn: world.outputs.ReleaseMachineArn, input },
        caller: world.person,
      });
      await world.clock.advance(60_000);
      await watch.tick();

      expect([...watch.releases.values()].map(({ stage }) => stage)).toEqual(['ended']);
    } finally {
      watch.close();
      tree.close();
      await world.close();
    }
  });

  test('reads from its output how an execution ended that left no record', async () => {
    const world = { door: { call: async () => ({}) }, outputs: {}, person: {} } as unknown as World;
    const execution = { name: 'second', output: '{"outcome":"LIVE","reasons":["as its owner"]}' };

    const { outcome } = await readRecord(world, { id: 'r-1', request: { pipeline: 'p' }, execution });

    expect(outcome).toMatchObject({ outcome: 'LIVE', reasons: ['as its owner'] });
  });
});

describe('a rehearsal that waits for an approval', () => {
  const packageArn = 'arn:aws:sagemaker:eu-west-1:123456789012:model-package/taxi/1';
  const message = `- npx signalbox approve taxi-1 --region eu-west-1\n\nPackage: ${packageArn}\nExecution: …`;
  const entry = { subject: 'sns/people', what: 'published "Signalbox: taxi needs an approval"', atMs: 0 };
  let asked: unknown[];
  const world = {
    endpointUrl: 'http://127.0.0.1:4566',
    sns: { published: [{ message }] },
    door: { call: async ({ input }: { input: unknown }) => asked.push(input) },
  } as unknown as World;

  beforeEach(() => {
    asked = [];
  });

  test('tells the command that answers, and answers nothing itself', () => {
    expect(hearApproval(entry, world, false)).toContain('npx signalbox approve taxi-1 --region eu-west-1');
    expect(asked).toEqual([]);
  });

  test('approves the model by itself when told so', () => {
    expect(hearApproval(entry, world, true)).toContain('Approved');
    expect(asked).toMatchObject([{ ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' }]);
  });

  test('hears nothing else', () => {
    expect(hearApproval({ ...entry, what: 'published "Signalbox: taxi LIVE"' }, world, true)).toBeUndefined();
  });
});
