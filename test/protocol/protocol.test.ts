import { explore } from './model.ts';
import type { Omission, Policy, Size } from './world.ts';

const ONE_STOP = { releases: 2, aborts: 1, redrives: 0 };
const STOP_AND_REDRIVE = { releases: 2, aborts: 1, redrives: 1 };
const THREE = { releases: 3, aborts: 0, redrives: 0 };

/** A search that finds nothing wrong has visited every state of the size. */
function expectToHold(size: Size): void {
  const { broken } = explore(size);
  expect(broken && `${broken.kind}:\n${broken.trace.join('\n')}`).toBeUndefined();
}

describe('a newer intent wins', () => {
  test('with one stop and one redrive at any moment, late calls and doubled events included', () => {
    expectToHold(STOP_AND_REDRIVE);
  });

  test('with three releases, of which one is stopped', () => {
    expectToHold({ ...THREE, aborts: 1, isCoarse: true });
  });

  test('with two stops, of which one may hit the settler', () => {
    expectToHold({ ...ONE_STOP, aborts: 2, settlers: 2, isCoarse: true });
  });

  test('with a waiter that reaches its deadline', () => {
    expectToHold({ ...ONE_STOP, deadlines: 1 });
  });

  test('and whoever comes after one that gave up brings back what served first', () => {
    expectToHold({ ...ONE_STOP, giveUps: 1 });
  });

  test('and who waits gets on where nobody settles, by its time-outs alone', () => {
    expectToHold({ ...STOP_AND_REDRIVE, settlers: 0 });
  });
});

describe('all keep their place in a queue', () => {
  const policies: Policy[] = ['queue', 'queue', 'queue'];

  test('with three releases', () => {
    expectToHold({ ...THREE, policies });
  });

  test('with one stop and one redrive', () => {
    expectToHold({ ...STOP_AND_REDRIVE, policies, isCoarse: true });
  });

  test('beside one that lets a newer one win', () => {
    expectToHold({ ...ONE_STOP, policies: ['newest', 'queue'] });
    expectToHold({ ...ONE_STOP, policies: ['queue', 'newest'] });
  });
});

describe('a newer intent cancels what has not begun to shift', () => {
  test('with one stop by hand beside it', () => {
    expectToHold({ ...ONE_STOP, policies: ['cancel', 'cancel'] });
  });

  test('where the older one is redriven', () => {
    expectToHold({ ...ONE_STOP, aborts: 0, redrives: 1, policies: ['newest', 'cancel'] });
  });

  test('among three releases of three policies', () => {
    expectToHold({ ...THREE, policies: ['queue', 'cancel', 'newest'] });
  });
});

describe('each part is needed', () => {
  const cases: [Omission, string, Size?][] = [
    ['fence of CHECK', 'two actors'],
    ['CHECK after a redrive', 'two actors'],
    ['fence of TAKE OVER', 'two actors'],
    ['time-outs', 'stuck', ONE_STOP],
    ['the minute of waiting', 'stale call'],
    ['restoring', 'two actors'],
    ['a turn that is not shifting', 'stuck', { ...ONE_STOP, giveUps: 1 }],
    [
      'reading after RAISE',
      'stopped while it shifts',
      { ...THREE, releases: 2, policies: ['newest', 'cancel'] },
    ],
  ];

  test.each(cases)('without %s there is a way to: %s', (without, kind, size = STOP_AND_REDRIVE) => {
    const { broken } = explore({ ...size, without });

    expect(broken?.kind).toBe(kind);
    expect(broken?.trace.length).toBeGreaterThan(3);
  });

  test('without the fence of CHECK one acts that was stopped, redriven and settled at once', () => {
    const { broken } = explore({ ...STOP_AND_REDRIVE, without: 'fence of CHECK' });

    expect(broken?.trace).toEqual(
      expect.arrayContaining([expect.stringContaining('is redriven'), expect.stringContaining('SEIZE')]),
    );
  });
});
