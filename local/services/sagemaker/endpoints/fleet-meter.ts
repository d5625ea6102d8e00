import type { World } from '../../../world.ts';
import { Distribution } from '../../cloudwatch/distribution.ts';
import type { Series } from '../../cloudwatch/metric-store.ts';
import type { RequestLog } from './request-log.ts';
import type { Served } from './router.ts';

/** What came of one request (or of `count` equal ones). */
export interface Outcome {
  /** What the caller was told: the container's status, or 503 and 0 where none answered (in time). */
  readonly statusCode: number;
  /** Milliseconds in the container; absent if it never answered. Real milliseconds at any speed of the clock. */
  readonly modelLatencyMs?: number;
  /** Milliseconds that SageMaker added. */
  readonly overheadMs: number;
}

const METRICS = [
  'Invocations',
  'Invocation4XXErrors',
  'Invocation5XXErrors',
  'InvocationModelErrors',
  'ModelLatency',
  'OverheadLatency',
] as const;

type Metrics = Record<(typeof METRICS)[number], Series>;

/** What a fleet answers in every minute alike. */
export interface SteadyMinute {
  readonly requests: number;
  /** How many of them are answered with 500. */
  readonly errors: number;
  readonly modelLatencyMs: number;
  readonly overheadMs: number;
}

/**
 * Measures one fleet into `AWS/SageMaker`: under endpoint and variant, and once
 * more with the endpoint config, so that an alarm can watch a new fleet alone.
 * Each request counts 0 or 1 as an error, so their Average is a rate. Latencies are microseconds.
 */
export class FleetMeter {
  readonly #sets: readonly Metrics[];
  readonly #log: RequestLog;
  readonly #names: Parameters<RequestLog['add']>[0];

  constructor(world: World, log: RequestLog, endpointName: string, variant: Served, configName: string) {
    const dimensions = { EndpointName: endpointName, VariantName: variant.name };
    this.#sets = [dimensions, { ...dimensions, EndpointConfigName: configName }].map(
      (set) =>
        Object.fromEntries(
          METRICS.map((name) => [name, world.cloudwatch.series('AWS/SageMaker', name, set)]),
        ) as Metrics,
    );
    this.#log = log;
    this.#names = { fleet: configName, variant: variant.name, isShadow: variant.isShadow };
  }

  record(outcome: Outcome, atMs: number, count = 1): void {
    const { statusCode, modelLatencyMs, overheadMs } = outcome;
    const is4xx = statusCode >= 400 && statusCode < 500 ? 1 : 0;
    const is5xx = statusCode >= 500 || statusCode === 0 ? 1 : 0;
    for (const set of this.#sets) {
      set.Invocations.record(1, atMs, count);
      set.Invocation4XXErrors.record(is4xx, atMs, count);
      set.Invocation5XXErrors.record(is5xx, atMs, count);
      set.InvocationModelErrors.record(is4xx || is5xx, atMs, count);
      if (modelLatencyMs !== undefined)
        set.ModelLatency.record(Math.round(modelLatencyMs * 1000), atMs, count);
      set.OverheadLatency.record(Math.round(overheadMs * 1000), atMs, count);
    }
    this.#log.add(this.#names, is5xx === 1, modelLatencyMs, atMs, count);
  }

  /** Every minute from the open one on, until the returned function is called; a month costs what a minute does. */
  repeat(minute: SteadyMinute): () => void {
    const { requests, errors, modelLatencyMs, overheadMs } = minute;
    if (requests === 0) return () => {};
    const failures = of([0, requests - errors], [1, errors]);
    const each: Record<(typeof METRICS)[number], Distribution> = {
      Invocations: of([1, requests]),
      Invocation4XXErrors: of([0, requests]),
      Invocation5XXErrors: failures,
      InvocationModelErrors: failures,
      ModelLatency: of([Math.round(modelLatencyMs * 1000), requests]),
      OverheadLatency: of([Math.round(overheadMs * 1000), requests]),
    };
    const endings = [
      ...this.#sets.flatMap((set) => METRICS.map((name) => set[name].repeat(each[name]))),
      this.#log.repeat(this.#names, minute),
    ];
    return () => {
      for (const end of endings) end();
    };
  }
}

function of(...counted: readonly (readonly [value: number, count: number])[]): Distribution {
  const distribution = new Distribution();
  for (const [value, count] of counted) if (count > 0) distribution.add(value, count);
  return distribution;
}
