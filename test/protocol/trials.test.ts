import { explore } from './model.ts';
import type { Omission, Size, Trial } from './world.ts';

const ONE_STOP: Size = { releases: 2, aborts: 1, redrives: 0, trials: 'weights' };

/** A search that finds nothing wrong has visited every state of the size. */
function expectToHold(size: Size): void {
  const { broken } = explore(size);
  expect(broken && `${broken.kind}:\n${broken.trace.join('\n')}`).toBeUndefined();
}

describe.each<Trial>(['weights', 'shadow'])('a trial by %s is several acts under one turn', (trials) => {
  test('of which any may be the last, and the machine of the trial may live on', () => {
    expectToHold({ ...ONE_STOP, trials });
  });

  test('and who waits gets on where nobody settles', () => {
    expectToHold({ ...ONE_STOP, trials, redrives: 1, isCoarse: true, settlers: 0 });
  });

  test('its deployment may be redriven while the machine of the trial lives on', () => {
    expectToHold({ ...ONE_STOP, trials, redrives: 1, redriven: 'itself', isCoarse: true });
  });
});

test('a newer intent forbids a trial to go on', () => {
  expectToHold({ ...ONE_STOP, policies: ['newest', 'cancel'], isCoarse: true });
});

describe('each part is needed in a trial', () => {
  const cases: [Omission, string, Trial][] = [
    ['CHECK within a trial', 'stale call', 'weights'],
    ['CHECK within a trial', 'stale call', 'shadow'],
    ['the minute after a trial', 'stale call', 'weights'],
    ['the minute after a trial', 'stale call', 'shadow'],
    ['the minute of waiting', 'stale call', 'weights'],
    ['restoring', 'two actors', 'weights'],
  ];

  test.each(cases)('without %s there is a way to: %s (%s)', (without, kind, trials) => {
    const { broken } = explore({ ...ONE_STOP, trials, without });

    expect(broken?.kind).toBe(kind);
    expect(broken?.trace.length).toBeGreaterThan(3);
  });

  test('without CHECK before the weights the machine of a dead deployment gives its challenger all requests', () => {
    const { broken } = explore({ ...ONE_STOP, without: 'CHECK before weighing' });

    expect(broken?.trace.at(-1)).toContain('its trial goes on alone: WEIGH');
  });
});
