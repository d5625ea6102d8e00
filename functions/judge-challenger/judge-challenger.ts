import { check } from '#shared/check.ts';
import { MetricsRefusedError } from '#shared/errors.ts';
import type { Fault } from '#shared/faults.ts';
import type {
  Evidence,
  Gate,
  GateVerdict,
  JudgeRequest,
  Metrics,
  Verdict,
} from '#shared/generated/contracts.ts';
import metricsContract from '#shared/generated/schemas/metrics.json' with { type: 'json' };

/**
 * Holds the challenger's metrics against every gate.
 *
 * @throws MetricsRefusedError when a metrics file breaks its contract, lacks a
 *   gated metric, or the candidates did not judge the same rows: an error, not a pass
 */
export function judgeChallenger({ gates, challenger, champion }: JudgeRequest): Verdict {
  const challengerMetrics = read(challenger);
  const championMetrics = champion === null ? null : read(champion);
  const faults = [
    ...missingMetrics(gates, challenger, challengerMetrics, () => true),
    ...(champion && championMetrics
      ? [
          ...missingMetrics(gates, champion, championMetrics, (gate) => gate.against === 'champion'),
          ...unequalRows(challengerMetrics, championMetrics),
        ]
      : []),
  ];
  if (faults.length > 0) throw new MetricsRefusedError(faults);

  const verdicts = gates.map((gate) => judge(gate, challengerMetrics, championMetrics));
  return {
    passed: verdicts.every(({ passed }) => passed),
    reasons: verdicts.filter(({ passed }) => !passed).map(({ reason }) => reason),
    gates: verdicts,
    challenger: challengerMetrics,
    champion: championMetrics,
  };
}

function read({ role, location, body }: Evidence): Metrics {
  let metrics: unknown;
  try {
    metrics = JSON.parse(body);
  } catch (error) {
    const cut =
      Buffer.byteLength(body) >= 65_536
        ? ' It is larger than the 64 KB that are read: put detail into a file beside it.'
        : '';
    throw new MetricsRefusedError([
      {
        path: '$',
        message: `of the ${role}'s metrics (${location}) is not JSON: ${(error as Error).message}.${cut}`,
      },
    ]);
  }
  const faults = check(metricsContract, metrics);
  if (faults.length > 0) throw new MetricsRefusedError(faults.map((fault) => of(role, location, fault)));
  return metrics as Metrics;
}

const of = (role: string, location: string, { path, message }: Fault): Fault => ({
  path,
  message: `${message} (the ${role}'s metrics, ${location})`,
});

function missingMetrics(
  gates: readonly Gate[],
  { role, location }: Evidence,
  { metrics }: Metrics,
  needed: (gate: Gate) => boolean,
): Fault[] {
  const missing = new Set(
    gates
      .filter(needed)
      .map((gate) => gate.metric)
      .filter((metric) => !Object.hasOwn(metrics, metric)),
  );
  return [...missing].map((metric) =>
    of(role, location, {
      path: `$.metrics.${metric}`,
      message: `is missing, and a gate speaks of it; there are ${Object.keys(metrics).sort().join(', ')}`,
    }),
  );
}

/** Numbers over different rows cannot be compared. */
function unequalRows(challenger: Metrics, champion: Metrics): Fault[] {
  if (challenger.rows === champion.rows) return [];
  return [
    {
      path: '$.rows',
      message: `is ${challenger.rows} for the challenger and ${champion.rows} for the champion; both must judge the same rows`,
    },
  ];
}

function judge(gate: Gate, challenger: Metrics, champion: Metrics | null): GateVerdict {
  const { metric } = gate;
  const value = challenger.metrics[metric]!;
  const say = (rule: string, passed: boolean, reason: string): GateVerdict => ({
    metric,
    rule,
    passed,
    reason,
  });

  if (gate.atLeast !== undefined) {
    const passed = value >= gate.atLeast;
    return say(
      `${metric} at least ${gate.atLeast}`,
      passed,
      `${metric} ${shown(value)} is ${passed ? 'not ' : ''}below the floor of ${gate.atLeast}`,
    );
  }
  if (gate.atMost !== undefined) {
    const passed = value <= gate.atMost;
    return say(
      `${metric} at most ${gate.atMost}`,
      passed,
      `${metric} ${shown(value)} is ${passed ? 'not ' : ''}above the ceiling of ${gate.atMost}`,
    );
  }
  const falls = gate.mayDropBy !== undefined;
  const allowed = (falls ? gate.mayDropBy : gate.mayRiseBy) ?? 0;
  const rule = `${metric} may ${falls ? 'drop' : 'rise'} by ${allowed} against the champion`;
  if (champion === null)
    return say(rule, true, `${metric} ${shown(value)}; nothing serves yet to compare with`);
  const other = champion.metrics[metric]!;
  const worse = falls ? other - value : value - other;
  // 0.7 - 0.69 is a little more than 0.01 in binary numbers, and to nobody who wrote the gate.
  const passed = worse - allowed <= 2 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(other), allowed);
  const direction = falls ? 'below' : 'above';
  return say(
    rule,
    passed,
    worse > 0
      ? `${metric} ${shown(value)} is ${shown(worse)} ${direction} the champion's ${shown(other)}; ${allowed} is allowed`
      : `${metric} ${shown(value)} is not ${direction} the champion's ${shown(other)}`,
  );
}

/** Four digits are enough for a person. */
const shown = (value: number): string => String(Number(value.toFixed(4)));
