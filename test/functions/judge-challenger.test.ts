import fc from 'fast-check';
import { judgeChallenger } from '../../functions/judge-challenger/judge-challenger.ts';
import type { Gate, JudgeRequest } from '../../functions/shared/generated/contracts.ts';

const evidence = (role: 'challenger' | 'champion', metrics: Record<string, unknown>, rows = 100) => ({
  role,
  release: `${role}-release`,
  location: `s3://artifacts/${role}/metrics.json`,
  body: JSON.stringify({ schemaVersion: 1, rows, metrics }),
});

const judge = (gates: Gate[], challenger: Record<string, unknown>, champion?: Record<string, unknown>) =>
  judgeChallenger({
    gates,
    challenger: evidence('challenger', challenger),
    champion: champion ? evidence('champion', champion) : null,
  });

describe('a challenger', () => {
  test('passes when every gate does', () => {
    const verdict = judge(
      [
        { metric: 'auc', atLeast: 0.6 },
        { metric: 'logLoss', atMost: 0.5 },
      ],
      { auc: 0.7, logLoss: 0.45 },
    );

    expect(verdict).toMatchObject({ passed: true, reasons: [] });
    expect(verdict.gates.map(({ reason }) => reason)).toEqual([
      'auc 0.7 is not below the floor of 0.6',
      'logLoss 0.45 is not above the ceiling of 0.5',
    ]);
  });

  test('is told every reason for which it loses', () => {
    const verdict = judge(
      [
        { metric: 'auc', atLeast: 0.6 },
        { metric: 'auc', against: 'champion', mayDropBy: 0.01 },
        { metric: 'logLoss', against: 'champion', mayRiseBy: 0.01 },
      ],
      { auc: 0.52, logLoss: 0.6 },
      { auc: 0.68, logLoss: 0.5 },
    );

    expect(verdict.passed).toBe(false);
    expect(verdict.reasons).toEqual([
      'auc 0.52 is below the floor of 0.6',
      "auc 0.52 is 0.16 below the champion's 0.68; 0.01 is allowed",
      "logLoss 0.6 is 0.1 above the champion's 0.5; 0.01 is allowed",
    ]);
  });

  test('passes a gate against the champion when nothing serves yet', () => {
    const verdict = judge([{ metric: 'auc', against: 'champion', mayDropBy: 0 }], { auc: 0.1 });

    expect(verdict).toMatchObject({
      passed: true,
      gates: [{ reason: 'auc 0.1; nothing serves yet to compare with' }],
    });
  });

  test('passes at the limit itself', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (limit) => {
        expect(judge([{ metric: 'm', atLeast: limit }], { m: limit }).passed).toBe(true);
        expect(judge([{ metric: 'm', atMost: limit }], { m: limit }).passed).toBe(true);
        expect(
          judge([{ metric: 'm', against: 'champion', mayDropBy: 0 }], { m: limit }, { m: limit }).passed,
        ).toBe(true);
      }),
    );
  });
});

test('a drop or a rise by exactly what is allowed passes, however binary numbers round it', () => {
  const hundredths = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(hundredths, hundredths, (less, by) => {
      const [low, high, allowed] = [less / 100, (less + by) / 100, by / 100];
      const drops = judge(
        [{ metric: 'm', against: 'champion', mayDropBy: allowed }],
        { m: low },
        { m: high },
      );
      const rises = judge(
        [{ metric: 'm', against: 'champion', mayRiseBy: allowed }],
        { m: high },
        { m: low },
      );

      expect([drops.passed, rises.passed]).toEqual([true, true]);
    }),
  );
});

test('a drop beyond what is allowed does not pass, however little', () => {
  const verdict = judge(
    [{ metric: 'auc', against: 'champion', mayDropBy: 0.01 }],
    { auc: 0.69 },
    { auc: 0.7000001 },
  );

  expect(verdict.passed).toBe(false);
});

describe('metrics are an error, not a pass,', () => {
  const request = (body: string): JudgeRequest => ({
    gates: [{ metric: 'auc', atLeast: 0.6 }],
    challenger: { ...evidence('challenger', {}), body },
    champion: null,
  });

  test('when a gated metric is missing', () => {
    expect(() => judge([{ metric: 'f1', atLeast: 0.5 }], { auc: 0.9, logLoss: 1 })).toThrow(
      '$.metrics.f1 is missing, and a gate speaks of it; there are auc, logLoss',
    );
  });

  test('when they are not JSON', () => {
    expect(() => judgeChallenger(request('<html>'))).toThrow(
      "$ of the challenger's metrics (s3://artifacts/challenger/metrics.json) is not JSON",
    );
  });

  test('when they are larger than what is read', () => {
    expect(() => judgeChallenger(request(`{"x": "${'a'.repeat(70_000)}`))).toThrow(
      'larger than the 64 KB that are read',
    );
  });

  test('when a number is text, null or unbounded, each with its path', () => {
    const attempt = () => judge([{ metric: 'auc', atLeast: 0.6 }], { auc: '0.9', gini: null });

    expect(attempt).toThrow('$.metrics.auc is "0.9"; must be of type number');
    expect(attempt).toThrow('$.metrics.gini is null; must be of type number');
  });

  test('when the candidates judged different rows', () => {
    expect(() =>
      judgeChallenger({
        gates: [{ metric: 'auc', atLeast: 0.6 }],
        challenger: evidence('challenger', { auc: 0.7 }, 100),
        champion: evidence('champion', { auc: 0.7 }, 90),
      }),
    ).toThrow('$.rows is 100 for the challenger and 90 for the champion');
  });
});
