import { actsOf, faultOf } from '../../play/acts.ts';
import { failedOnChampion } from '../../play/collect.ts';

describe('a run of npm start', () => {
  const acts = actsOf({ shift: 'canary' });
  const ended = (...outcomes: (string | undefined)[]) => outcomes.map((outcome) => ({ outcome }));

  test('is good when every release ended as told, in order', () => {
    expect(faultOf(acts, ended('LIVE', 'LIVE', 'ROLLED_BACK', 'REJECTED'))).toBeUndefined();
  });

  test.each([
    ['another outcome', ended('LIVE', 'LIVE', 'LIVE', 'REJECTED')],
    ['another order', ended('LIVE', 'ROLLED_BACK', 'LIVE', 'REJECTED')],
    ['a release that never ended', ended('LIVE', 'LIVE', 'ROLLED_BACK', undefined)],
    ['a release too many', ended('LIVE', 'LIVE', 'ROLLED_BACK', 'REJECTED', 'LIVE')],
    ['none at all', []],
  ])('is not good with %s', (_, releases) => {
    expect(faultOf(acts, releases)).toMatch(
      /^This is not how it should end: .* instead of LIVE, LIVE, ROLLED_BACK, REJECTED\.$/,
    );
  });
});

describe('requests that failed on a champion', () => {
  const second = (fleet: string, errors: number, variant = 'main', isShadow = false) => ({
    atMs: 0,
    fleet,
    variant,
    isShadow,
    requests: 10,
    errors,
    p50Ms: 1,
    p99Ms: 2,
  });
  const release = (outcome: string, intendedConfig: string, servedConfig: string) => ({
    outcome,
    endpoint: { name: 'e', intendedConfig, servedConfig },
  });
  const releases = [release('LIVE', 'one', 'one'), release('ROLLED_BACK', 'two', 'one')];

  test('are counted over every fleet that went live', () => {
    expect(failedOnChampion([second('one', 1), second('one', 2)], releases)).toBe(3);
  });

  test("are counted on the trial of a later release, whose copies and whose challenger's are not", () => {
    const seconds = [
      second('two-trial', 4),
      second('two-trial', 8, 'challenger'),
      second('one-trial', 16, 'challenger', true),
    ];

    expect(failedOnChampion(seconds, releases)).toBe(4);
  });

  test('do not include those of a challenger that was rolled back', () => {
    expect(failedOnChampion([second('one', 0), second('two', 5)], releases)).toBe(0);
  });
});
