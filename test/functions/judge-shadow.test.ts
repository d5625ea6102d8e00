import fc from 'fast-check';
import { judgeShadow } from '../../functions/judge-shadow/judge-shadow.ts';
import type { MetricSeries, ShadowLimits } from '../../functions/shared/generated/contracts.ts';

const limits: ShadowLimits = {
  atLeastRequests: 100,
  errorRateMayRiseBy: 0.5,
  p99LatencyMayRiseByPercent: 20,
};

/** What one of the two did, part by part of the trial. */
interface Part {
  readonly requests: number;
  readonly errors?: number;
  readonly p99Ms?: number;
}

const steady = (changes: Partial<Part> = {}): Part[] =>
  Array.from({ length: 10 }, () => ({ requests: 100, errors: 0, p99Ms: 10, ...changes }));

function seriesOf(who: 'champion' | 'challenger', parts: readonly Part[]): MetricSeries[] {
  const at = (index: number) => new Date(Date.UTC(2026, 2, 2, 9, index)).toISOString();
  const series = (name: 'Requests' | 'Errors' | 'P99', value: (part: Part) => number | undefined) => {
    const points = parts.flatMap((part, index) => {
      const found = value(part);
      return found === undefined ? [] : [[at(index), found] as const];
    });
    return {
      Id: `${who}${name}` as const,
      Timestamps: points.map(([time]) => time),
      Values: points.map(([, found]) => found),
    };
  };
  return [
    series('Requests', ({ requests }) => requests),
    series('Errors', ({ errors = 0 }) => errors),
    series('P99', ({ p99Ms }) => (p99Ms === undefined ? undefined : p99Ms * 1000)),
  ];
}

const judge = (challenger: readonly Part[], champion: readonly Part[] = steady(), held = limits) =>
  judgeShadow({
    limits: held,
    metrics: [...seriesOf('champion', champion), ...seriesOf('challenger', challenger)],
  });

describe('a shadow', () => {
  test('passes when it does what the champion does', () => {
    expect(judge(steady())).toEqual({
      passed: true,
      reasons: [],
      notes: [
        'As a shadow the challenger got 1,000 copies of 1,000 requests: 0 % errors against 0 %, p99 10 ms against 10 ms.',
      ],
    });
  });

  test('passes on a sample of the requests', () => {
    expect(judge(steady({ requests: 10 })).passed).toBe(true);
  });

  test('does not pass on too few copies', () => {
    expect(judge(steady({ requests: 9 }))).toMatchObject({
      passed: false,
      reasons: ['the challenger got 90 copies; 100 are needed to compare'],
    });
  });

  test('does not pass with more errors than the champion may have and half a point', () => {
    const champion = steady({ errors: 1 });

    expect(judge(steady({ errors: 1.5 }), champion).passed).toBe(true);
    expect(judge(steady({ errors: 2 }), champion)).toMatchObject({
      passed: false,
      reasons: [
        "2 % of the challenger's answers are errors, 1 points above the champion's 1 %; 0.5 is allowed",
      ],
    });
  });

  test('does not pass when it is slower by more than is allowed', () => {
    expect(judge(steady({ p99Ms: 12 })).passed).toBe(true);
    expect(judge(steady({ p99Ms: 12.5 }))).toMatchObject({
      passed: false,
      reasons: ["the challenger's p99 of 12.5 ms is 2.5 ms above the champion's 10 ms; 20 % is allowed"],
    });
  });

  test('is told every reason for which it does not pass', () => {
    expect(judge(steady({ requests: 5, errors: 1, p99Ms: 100 })).reasons).toHaveLength(3);
  });

  test('passes when it is better', () => {
    expect(judge(steady({ p99Ms: 1 }), steady({ errors: 20 })).passed).toBe(true);
  });

  test('is not held to one slow answer in a quiet part of the trial', () => {
    const parts = [...steady(), { requests: 1, p99Ms: 500 }];

    expect(judge(parts, [...steady(), { requests: 1, p99Ms: 10 }]).passed).toBe(true);
  });
});

describe('nothing is compared with nothing:', () => {
  test('no metrics at all', () => {
    expect(judgeShadow({ limits, metrics: [] })).toEqual({
      passed: false,
      reasons: [
        'the challenger got 0 copies; 100 are needed to compare',
        'the champion answered no request to compare with',
      ],
      notes: [
        'As a shadow the challenger got 0 copies of 0 requests: 0 % errors against 0 %, p99 unknown against unknown.',
      ],
    });
  });

  test('a champion without a request', () => {
    expect(judge(steady({ errors: 50 }), [])).toMatchObject({
      passed: false,
      reasons: ['the champion answered no request to compare with'],
    });
  });

  test.each([
    ['challenger', [{ requests: 500 }], steady()],
    ['champion', steady(), [{ requests: 500 }]],
  ] as const)('no latency of the %s', (who, challenger, champion) => {
    expect(judge(challenger, champion)).toMatchObject({
      passed: false,
      reasons: [`CloudWatch tells no latency of the ${who}`],
    });
  });
});

describe('however a trial went,', () => {
  const part = fc.record({
    requests: fc.integer({ min: 1, max: 5000 }),
    errors: fc.constant(0),
    p99Ms: fc.double({ min: 0.1, max: 60_000, noNaN: true }),
  });
  const parts = fc.array(part, { minLength: 1, maxLength: 12 });
  const anyLimits = fc.record({
    atLeastRequests: fc.integer({ min: 1, max: 10_000 }),
    errorRateMayRiseBy: fc.double({ min: 0, max: 100, noNaN: true }),
    p99LatencyMayRiseByPercent: fc.double({ min: 0, max: 1000, noNaN: true }),
  });

  test('it passes exactly when there is no reason against it', () => {
    fc.assert(
      fc.property(parts, parts, anyLimits, (challenger, champion, held) => {
        const { passed, reasons } = judge(challenger, champion, held);
        expect(passed).toBe(reasons.length === 0);
      }),
    );
  });

  test('a challenger that did the same passes without any allowance', () => {
    fc.assert(
      fc.property(parts, (same) => {
        const held = { atLeastRequests: 1, errorRateMayRiseBy: 0, p99LatencyMayRiseByPercent: 0 };
        expect(judge(same, same, held).reasons).toEqual([]);
      }),
    );
  });

  test('more errors and more milliseconds never help', () => {
    fc.assert(
      fc.property(
        parts,
        parts,
        anyLimits,
        fc.integer({ min: 0, max: 100 }),
        (challenger, champion, held, more) => {
          const worse = challenger.map(({ requests, p99Ms }) => ({
            requests,
            errors: (requests * more) / 100,
            p99Ms: p99Ms * (1 + more / 100),
          }));
          // What passes when it is worse had passed before.
          if (judge(worse, champion, held).passed)
            expect(judge(challenger, champion, held).passed).toBe(true);
        },
      ),
    );
  });

  test('neither the order of the series nor that of the parts matters', () => {
    fc.assert(
      fc.property(parts, parts, anyLimits, (challenger, champion, held) => {
        const metrics = [...seriesOf('champion', champion), ...seriesOf('challenger', challenger)];
        const turned = metrics.toReversed().map(({ Id, Timestamps, Values }) => ({
          Id,
          Timestamps: Timestamps.toReversed(),
          Values: Values.toReversed(),
        }));
        expect(judgeShadow({ limits: held, metrics: turned })).toEqual(
          judgeShadow({ limits: held, metrics }),
        );
      }),
    );
  });
});
