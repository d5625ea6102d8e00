import { exploreCleanUp } from './clean-up/model.ts';
import type { Omission, Size } from './clean-up/world.ts';

const SIZE: Size = { aborts: 1, backTo: 1, watches: 2, hasRelease: true };

describe('cleaning up never takes what somebody may go back to', () => {
  const cases: [string, Size][] = [
    ['while the oldest is brought back by hand, and one is stopped', SIZE],
    ['while the one before is brought back by hand', { ...SIZE, backTo: 2 }],
    ['by three watches at once', { ...SIZE, watches: 3, aborts: 0 }],
    ['with two stops', { ...SIZE, watches: 1, aborts: 2 }],
    ['nor what somebody moved to by hand', { ...SIZE, aborts: 0, isMovedByHand: true }],
  ];

  test.each(cases)('%s', (_, size) => {
    const { broken, states } = exploreCleanUp(size);

    expect(broken && `${broken.kind}:\n${broken.trace.join('\n')}`).toBeUndefined();
    expect(states).toBeGreaterThan(1000);
  });
});

describe('each part of it is needed', () => {
  const cases: [Omission, string, Partial<Size>?][] = [
    ['the fence of STRIKE', 'deleted what serves'],
    ['a free turn', 'deleted what serves'],
    ['striking before deleting', 'a kept one is gone'],
    ['reading the history under the turn', 'deleted what serves'],
    ['a look at what serves', 'deleted what serves', { aborts: 0, isMovedByHand: true }],
  ];

  test.each(cases)('without %s there is a way to: %s', (without, kind, size = {}) => {
    const { broken } = exploreCleanUp({ ...SIZE, ...size, without });

    expect(broken?.kind).toBe(kind);
    expect(broken?.trace.length).toBeGreaterThan(3);
  });
});
