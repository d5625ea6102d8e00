import fc from 'fast-check';
import { rocCurve } from '../../workloads/flight-delay/evidence/curves.ts';
import {
  areaUnderRoc,
  calibrationCurve,
  metricsOf,
  type Outcome,
} from '../../workloads/flight-delay/evidence/metrics.ts';

// Few different scores, so that ties are the rule.
const outcomes = fc.array(
  fc.record({ probability: fc.integer({ min: 0, max: 8 }).map((n) => n / 8), positive: fc.boolean() }),
  { minLength: 1, maxLength: 60 },
);

test('the area under the curve is the share of pairs in the right order', () => {
  fc.assert(fc.property(outcomes, (all) => expect(areaUnderRoc(all)).toBeCloseTo(shareOfPairs(all), 12)));
});

test('the area under the curve is also the area under the curve that is drawn', () => {
  fc.assert(
    fc.property(outcomes, (all) => {
      fc.pre(all.some(({ positive }) => positive) && all.some(({ positive }) => !positive));
      const points = rocCurve(all);
      const area = points.slice(1).reduce((sum, point, index) => {
        const before = points[index] as (typeof points)[number];
        return sum + ((point.fpr - before.fpr) * (point.tpr + before.tpr)) / 2;
      }, 0);

      expect(area).toBeCloseTo(areaUnderRoc(all), 12);
    }),
  );
});

test('a long curve keeps its ends and at most a hundred points', () => {
  const all = Array.from({ length: 1000 }, (_, n) => ({ probability: n / 1000, positive: n % 3 === 0 }));
  const points = rocCurve(all);

  expect(points).toHaveLength(100);
  expect(points[0]).toEqual({ fpr: 0, tpr: 0, threshold: 1 });
  expect(points.at(-1)).toEqual({ fpr: 1, tpr: 1, threshold: 0 });
});

test('a certain and wrong prediction costs much, but not everything', () => {
  const { logLoss, accuracy, brier } = metricsOf([{ probability: 1, positive: false }]);

  expect(logLoss).toBeCloseTo(16.118, 3);
  expect([accuracy, brier]).toEqual([0, 1]);
});

test('a prediction that equals the base rate is calibrated', () => {
  const all = Array.from({ length: 10 }, (_, n) => ({ probability: 0.2, positive: n < 2 }));

  expect(metricsOf(all).calibrationError).toBeCloseTo(0, 12);
  expect(calibrationCurve(all)[2]).toMatchObject({ observed: 0.2, count: 10 });
});

function shareOfPairs(all: readonly Outcome[]): number {
  const wins = all
    .filter(({ positive }) => positive)
    .flatMap((one) =>
      all
        .filter(({ positive }) => !positive)
        .map((other) => (Math.sign(one.probability - other.probability) + 1) / 2),
    );
  return wins.length === 0 ? 0.5 : wins.reduce((sum, win) => sum + win, 0) / wins.length;
}
