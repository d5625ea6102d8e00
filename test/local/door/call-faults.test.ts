import type { AwsError } from '../../../local/aws-error.ts';
import type { Call } from '../../../local/door.ts';
import type { CallFault } from '../../../local/faults/faults.ts';
import type { World } from '../../../local/world.ts';
import { openAccount } from '../support/open-account.ts';
import { allow, arnOf, giveRole } from '../support/roles.ts';

/** A table that counts how often it was read, behind a door with these faults. */
const faulty = async (...faults: CallFault[]) => {
  let served = 0;
  const GetItem = () => {
    served += 1;
    return { Item: { n: { N: String(served) } } };
  };
  const services = { dynamodb: { GetItem }, s3: { PutObject: GetItem } };
  const { world } = await openAccount({ services, scenario: { faults } });
  return { world, served: () => served };
};

const read = (world: World, by: string, TableName = 'ledger'): Promise<unknown> =>
  world.door.call({
    service: 'dynamodb',
    operation: 'GetItem',
    input: { TableName, Key: { pk: { S: 'a' } } },
    caller: { arn: by, via: 'state', sourceArn: arnOf('states', 'execution:release:one') },
  } satisfies Call);

const getItem = { service: 'dynamodb', operation: 'GetItem' } as const;
const readable = allow('dynamodb:*', '*');

/** What becomes of so many calls, one after another. */
const outcomes = async (count: number, call: () => Promise<unknown>): Promise<string[]> => {
  const told: string[] = [];
  for (let n = 0; n < count; n += 1) {
    told.push(
      await call().then(
        () => 'ok',
        (error: AwsError) => error.code,
      ),
    );
  }
  return told;
};

test.each<[string, Partial<CallFault>, string[]]>([
  ['the third call', { call: 3 }, ['ok', 'ok', 'Down', 'ok', 'ok']],
  ['two calls from the second', { call: 2, times: 2 }, ['ok', 'Down', 'Down', 'ok', 'ok']],
  ['every call', {}, ['Down', 'Down', 'Down', 'Down', 'Down']],
])('befalls %s', async (_, which, expected) => {
  const { world, served } = await faulty({ ...getItem, ...which, kind: 'error', code: 'Down' } as CallFault);
  const role = giveRole(world, 'release', readable);

  expect(await outcomes(5, () => read(world, role))).toEqual(expected);
  expect(served()).toBe(expected.filter((one) => one === 'ok').length);
});

test('befalls only calls of the named role and on the named resource', async () => {
  const fault = { ...getItem, kind: 'error', code: 'Down' } as const;
  const { world } = await faulty({ ...fault, by: 'dep*' }, { ...fault, on: '*/other' });
  const [deploy, release] = [giveRole(world, 'deploy', readable), giveRole(world, 'release', readable)];

  await expect(read(world, deploy)).rejects.toMatchObject({ code: 'Down' });
  await expect(read(world, release)).resolves.toBeDefined();
  await expect(read(world, release, 'other')).rejects.toMatchObject({ code: 'Down' });
});

test('counts no call that was refused before, and none of a person', async () => {
  const { world } = await faulty({ ...getItem, call: 1, kind: 'error', code: 'Down' });
  const [stranger, role] = [giveRole(world, 'stranger'), giveRole(world, 'release', readable)];

  await expect(read(world, stranger)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await world.door.call({ ...getItem, input: { TableName: 'ledger', Key: {} }, caller: world.person });
  await expect(read(world, role)).rejects.toMatchObject({ code: 'Down' });
});

test('throttles in the words of the service', async () => {
  const { world } = await faulty(
    { ...getItem, kind: 'throttle' },
    { service: 's3', operation: 'PutObject', kind: 'throttle' },
  );
  const role = giveRole(world, 'release', readable, allow('s3:*', '*'));

  await expect(read(world, role)).rejects.toMatchObject({ code: 'ThrottlingException', statusCode: 400 });
  await expect(
    world.door.call({
      service: 's3',
      operation: 'PutObject',
      input: { Bucket: 'b', Key: 'k' },
      caller: { arn: role, via: 'state' },
    }),
  ).rejects.toMatchObject({ code: 'SlowDown', statusCode: 503 });
});

test('reaches the service so many seconds later', async () => {
  const { world, served } = await faulty({ ...getItem, kind: 'slow', seconds: 30 });
  const call = read(world, giveRole(world, 'release', readable));

  await world.clock.advance(29_000);
  expect(served()).toBe(0);
  await world.clock.advance(1_000);
  await call;
  expect(served()).toBe(1);
});

test('loses the answer of what the service has done', async () => {
  const { world, served } = await faulty({ ...getItem, kind: 'lose-answer' });

  await expect(read(world, giveRole(world, 'release', readable))).rejects.toMatchObject({
    code: 'SdkClientException',
    message: 'Unable to execute HTTP request: Read timed out',
  });
  expect(served()).toBe(1);
});

test('is delivered twice and answered once', async () => {
  const { world, served } = await faulty({ ...getItem, kind: 'twice' });

  expect(await read(world, giveRole(world, 'release', readable))).toEqual({ Item: { n: { N: '1' } } });
  expect(served()).toBe(2);
});

test('tells each fault in the journal', async () => {
  const { world } = await faulty(
    { ...getItem, call: 1, kind: 'throttle' },
    { ...getItem, call: 2, kind: 'lose-answer' },
    { ...getItem, call: 3, kind: 'twice' },
  );
  const role = giveRole(world, 'release', readable);
  await outcomes(3, () => read(world, role));

  expect(world.journal.text()).toContain(
    'door/dynamodb/GetItem fault: is throttled with ThrottlingException',
  );
  expect(world.journal.text()).toContain('fault: loses its answer (it was a success)');
  expect(world.journal.text()).toContain('fault: is delivered twice (second: it was a success)');
});

test('falls by a share the same way in every world of one seed', async () => {
  const play = async (): Promise<string[]> => {
    const { world } = await faulty({ ...getItem, share: 0.5, kind: 'throttle' });
    const role = giveRole(world, 'release', readable);
    return outcomes(40, () => read(world, role));
  };
  const first = await play();

  expect(new Set(first)).toEqual(new Set(['ok', 'ThrottlingException']));
  expect(await play()).toEqual(first);
});

test('refuses an operation that nobody knows, at once', async () => {
  await expect(faulty({ service: 'dynamodb', operation: 'FetchItem', kind: 'throttle' })).rejects.toThrow(
    /^A fault names the operation FetchItem, which dynamodb does not have; it has .*GetItem/,
  );
});

test('takes a new list while the world runs', async () => {
  const { world } = await openAccount({ services: { dynamodb: { GetItem: () => ({}) } } });
  const role = giveRole(world, 'release', readable);

  expect(await outcomes(1, () => read(world, role))).toEqual(['ok']);
  Object.assign(world.scenario, { faults: [{ ...getItem, call: 2, kind: 'throttle' }] });
  expect(await outcomes(3, () => read(world, role))).toEqual(['ok', 'ThrottlingException', 'ok']);
});
