import type { Timer } from '../../../clock/clock.ts';
import type { Fleet, InstanceLoad } from '../../../runners/runner.ts';
import type { World } from '../../../world.ts';
import { Distribution } from '../../cloudwatch/distribution.ts';
import { MINUTE_MS, minuteOf, type Series } from '../../cloudwatch/metric-store.ts';
import type { Variant } from './variant.ts';

const METRICS = {
  CPUUtilization: 'cpuPercent',
  MemoryUtilization: 'memoryPercent',
  DiskUtilization: 'diskPercent',
  GPUUtilization: 'gpuPercent',
  GPUMemoryUtilization: 'gpuMemoryPercent',
} as const satisfies Record<string, keyof InstanceLoad>;

type MetricName = keyof typeof METRICS;

const OF_GPUS: readonly MetricName[] = ['GPUUtilization', 'GPUMemoryUtilization'];

/** What instances do of which nobody says anything: little. */
const QUIET: InstanceLoad = {
  cpuPercent: 10,
  memoryPercent: 20,
  diskPercent: 10,
  gpuPercent: 10,
  gpuMemoryPercent: 10,
};

/**
 * What a fleet's instances tell every minute into `/aws/sagemaker/Endpoints`, by
 * endpoint and variant: there, unlike the requests, old and new fleet are one.
 *
 * Source: SageMaker developer guide, "SageMaker endpoint metrics in CloudWatch".
 */
export class InstanceMeter {
  readonly #world: World;
  readonly #series: readonly (readonly [MetricName, Series])[];
  readonly #load: NonNullable<Fleet['load']>;
  #instanceCount: number;
  #endings: readonly (() => void)[] = [];

  constructor(world: World, endpointName: string, variant: Variant, fleet: Fleet) {
    this.#world = world;
    this.#load = fleet.load ?? {};
    this.#instanceCount = variant.desiredInstanceCount;
    const hasGpus = /^ml\.[pg]\d/.test(variant.instanceType);
    const dimensions = { EndpointName: endpointName, VariantName: variant.name };
    this.#series = (Object.keys(METRICS) as MetricName[])
      .filter((name) => hasGpus || !OF_GPUS.includes(name))
      .map((name) => [name, world.cloudwatch.series('/aws/sagemaker/Endpoints', name, dimensions)]);
    this.#start();
  }

  resize(instanceCount: number): void {
    if (instanceCount === this.#instanceCount) return;
    this.stop();
    this.#instanceCount = instanceCount;
    this.#start();
  }

  stop(): void {
    for (const end of this.#endings) end();
    this.#endings = [];
  }

  /** What never changes is told once; what is measured, each minute. */
  #start(): void {
    if (typeof this.#load === 'function') {
      this.#endings = [this.#eachMinute(this.#load)];
      return;
    }
    const load = { ...QUIET, ...this.#load };
    this.#endings = this.#series.map(([name, series]) => {
      const each = new Distribution();
      each.add(load[METRICS[name]], this.#instanceCount);
      return series.repeat(each);
    });
  }

  #eachMinute(measure: () => Partial<InstanceLoad>): () => void {
    const { clock } = this.#world;
    let timer: Timer;
    const tell = (): void => {
      const load = { ...QUIET, ...measure() };
      for (const [name, series] of this.#series)
        series.record(load[METRICS[name]], clock.now(), this.#instanceCount);
      next();
    };
    const next = (): void => {
      const dueMs = minuteOf(clock.now() + 1) + MINUTE_MS - 1;
      timer = clock.at(dueMs, tell, { background: true });
    };
    next();
    return () => timer.cancel();
  }
}
