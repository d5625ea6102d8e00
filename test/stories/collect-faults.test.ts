import {
  entered,
  lists,
  names,
  open,
  openForEach,
  outside,
  put,
  seconds,
  started,
  world,
} from './support/bursts.ts';

openForEach();

describe('a call of the collector', () => {
  const CALLS = [
    ['dynamodb', 'GetItem', 1],
    ['dynamodb', 'GetItem', 2],
    ['dynamodb', 'UpdateItem', 1],
    ['dynamodb', 'UpdateItem', 2],
    ['dynamodb', 'UpdateItem', 3],
    ['lambda', 'Invoke', 1],
    ['stepfunctions', 'StartExecution', 1],
    ['stepfunctions', 'StartExecution', 2],
  ] as const;
  const KINDS = ['lose-answer', 'twice', 'throttle'] as const;

  test.each(KINDS.flatMap((kind) => CALLS.map((call) => [kind, ...call] as const)))(
    '(%s: %s %s, number %i) asks for each object once all the same',
    async (kind, service, operation, call) => {
      outside.faults = [{ kind, service, operation, call, by: '*CollectMachineRole*' }];
      let isFirst = true;
      put('1.json');
      await world.clock.runUntil(() => {
        // Another comes while the first is being asked for, so that every way of ending is met.
        if (isFirst && started('collect').some((one) => entered(one, 'Write manifest'))) {
          isFirst = false;
          put('2.json');
        }
        return started('release').length >= 2;
      }, 3_600_000);
      await seconds(300);

      expect((await lists()).map(names)).toEqual([['1.json'], ['2.json']]);
      expect(Object.keys(await open())).not.toContain('batch');
      expect(started('collect').map(({ status }) => status)).not.toContain('FAILED');
      expect(world.journal.text()).toContain(`door/${service}/${operation} fault: `);
    },
  );
});

describe('a call of route-events', () => {
  test.each([
    ['lose-answer', 'dynamodb', 'UpdateItem'],
    ['lose-answer', 's3', 'PutObject'],
    ['lose-answer', 'stepfunctions', 'StartExecution'],
    ['twice', 'dynamodb', 'UpdateItem'],
    ['twice', 's3', 'PutObject'],
    ['twice', 'stepfunctions', 'StartExecution'],
    ['throttle', 'stepfunctions', 'StartExecution'],
  ] as const)('(%s: %s %s) loses nothing and asks nothing twice', async (kind, service, operation) => {
    outside.faults = [{ kind, service, operation, call: 1, by: '*RouteEventsRole*' }];
    put('1.json');
    put('2.json');
    await seconds(1200);

    expect((await lists()).flatMap(names).sort()).toEqual(['1.json', '2.json']);
    expect(started('release')).toHaveLength(1);
    expect(world.sqs.messages(world.resources.EventQueue!)).toEqual([]);
    expect(world.journal.text()).toContain(`door/${service}/${operation} fault: `);
  });
});
