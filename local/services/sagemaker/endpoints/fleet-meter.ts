import type { World } from '../../../world.ts';
import type { Series } from '../../cloudwatch/metric-store.ts';
import type { RequestLog } from './request-log.ts';

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

/**
 * Measures one fleet into `AWS/SageMaker`: under endpoint and variant, and once
 * more with the endpoint config, so that an alarm can watch a new fleet alone.
 * Each request counts 0 or 1 as an error, so their Average is a rate. Latencies are microseconds.
 */
export class FleetMeter {
  readonly #sets: readonly Metrics[];
  readonly #log: RequestLog;
  readonly #configName: string;

  constructor(world: World, log: RequestLog, endpointName: string, variantName: string, configName: string) {
    const dimensions = { EndpointName: endpointName, VariantName: variantName };
    this.#sets = [dimensions, { ...dimensions, EndpointConfigName: configName }].map(
      (set) =>
        Object.fromEntries(
          METRICS.map((name) => [name, world.cloudwatch.series('AWS/SageMaker', name, set)]),
        ) as Metrics,
    );
    this.#log = log;
    this.#configName = configName;
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
    this.#log.add(this.#configName, is5xx === 1, modelLatencyMs, atMs, count);
  }
}
