import fc from 'fast-check';
import type { Clock } from '../../local/clock/clock.ts';
import { PacedClock } from '../../local/clock/paced-clock.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';

const START = Date.parse('2026-03-02T09:00:00Z');

describe('virtual time', () => {
  test('visits each due moment in its turn, ties by who asked first', async () => {
    const clock = new VirtualClock(START);
    const seen: string[] = [];
    const at = (seconds: number, name: string) =>
      clock.at(START + seconds * 1000, () => seen.push(`${name}@${(clock.now() - START) / 1000}`));
    at(5, 'late');
    at(1, 'first');
    at(5, 'later');

    await clock.runUntil(() => seen.length === 3);

    expect(seen).toEqual(['first@1', 'late@5', 'later@5']);
  });

  test('visits any set of moments in order and drops what was called off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ms: fc.nat(1000), off: fc.boolean() }), { maxLength: 50 }),
        async (dues) => {
          const clock = new VirtualClock(START);
          const seen: number[] = [];
          for (const { ms, off } of dues) {
            const timer = clock.at(START + ms, () => seen.push(ms));
            if (off) timer.cancel();
          }

          await clock.advance(1000);

          const kept = dues.filter(({ off }) => !off).map(({ ms }) => ms);
          expect(seen).toEqual(kept.sort((a, b) => a - b));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('waits while work is under way outside', async () => {
    const clock = new VirtualClock(START);
    let atMs = 0;
    const work = clock.outside(
      () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve))),
    );
    void work.then(() => {
      atMs = clock.now();
    });
    clock.at(START + 1000, () => {});

    await clock.advance(1000);

    expect(atMs).toBe(START);
  });

  test('says so when what is waited for cannot come any more', async () => {
    const clock = new VirtualClock(START);
    clock.at(START + 1000, () => {}, { background: true });

    await expect(clock.runUntil(() => false)).rejects.toThrow(
      'Nothing is left to happen at 2026-03-02T09:00:00.000Z',
    );
    await expect(clock.runUntil(() => false, 500)).rejects.toThrow('did not come within 0.5 s');
  });
});

describe('paced time', () => {
  const stall = (realMs: number): void => {
    const until = performance.now() + realMs;
    while (performance.now() < until);
  };

  test('goes on multiplied, and never backwards', async () => {
    const clock: Clock = new PacedClock(START, 1000);

    await clock.sleep(20_000);
    const first = clock.now();

    expect(first).toBeGreaterThanOrEqual(START + 20_000);
    expect(clock.now()).toBeGreaterThanOrEqual(first);
    clock.close();
  });

  test('stands still while the process has no turn', () => {
    const clock = new PacedClock(START, 1000);
    const before = clock.now();

    stall(400);

    expect(clock.now() - before).toBeLessThan(200_000);
    clock.close();
  });
});
