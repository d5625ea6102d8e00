import { judgeShadow } from '../../functions/judge-shadow/judge-shadow.ts';

describe('judge shadow', () => {
  test('lets nobody pass whom it has not compared', () => {
    const limits = { atLeastRequests: 100, errorRateMayRiseBy: 0.5, p99LatencyMayRiseByPercent: 20 };

    expect(judgeShadow({ limits, metrics: [] }).passed).toBe(false);
  });
});
