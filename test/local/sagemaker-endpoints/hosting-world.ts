import { PacedClock } from '../../../local/clock/paced-clock.ts';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { Journal } from '../../../local/journal.ts';
import { Random } from '../../../local/random.ts';
import { createProcessFleets } from '../../../local/runners/fleets/process.ts';
import { createSimulatedFleets } from '../../../local/runners/fleets/simulated.ts';
import type { Scenario } from '../../../local/scenario.ts';
import type { Service } from '../../../local/service.ts';
import { CloudWatch } from '../../../local/services/cloudwatch/cloudwatch.ts';
import { Endpoints } from '../../../local/services/sagemaker/endpoints/endpoints.ts';
import { Tags } from '../../../local/services/sagemaker/tags/tags.ts';
import { SageMakerRuntime } from '../../../local/services/sagemaker-runtime/sagemaker-runtime.ts';
import type { World } from '../../../local/world.ts';

export const START_MS = Date.parse('2026-03-02T09:00:00Z');
const ROLE = 'arn:aws:iam::123456789012:role/hosting';
const person = { arn: ROLE, via: 'person' } as const;

interface Options {
  readonly scenario?: Scenario;
  /** Real processes on a clock this many times as fast as real time. */
  readonly paced?: { readonly speed: number; readonly directory: string };
  readonly image?: { directory: string; entrypoint: string[]; workdir: string };
  readonly objects?: Readonly<Record<string, Uint8Array>>;
  /** What the model registry knows, by ARN. */
  readonly packages?: Readonly<Record<string, unknown>>;
}

export interface Emitted {
  readonly detailType: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into details of many shapes.
  readonly detail: any;
}

/** A world of hosting alone: the real endpoints, runtime, alarms and fleets among small stand-ins for their neighbours. */
export class HostingWorld {
  readonly world: World;
  readonly events: Emitted[] = [];
  readonly published: { TopicArn: string; Subject: string; Message: string }[] = [];
  readonly #close: () => Promise<void>;

  constructor({ scenario = {}, paced, image, objects = {}, packages = {} }: Options = {}) {
    const clock = paced ? new PacedClock(START_MS, paced.speed) : new VirtualClock(START_MS);
    const journal = new Journal(clock);
    const partial = {
      accountId: '123456789012',
      region: 'eu-west-1',
      seed: 7,
      clock,
      random: new Random(7),
      journal,
      directory: paced?.directory ?? '/nowhere',
      scenario,
      events: { emit: (event: Emitted) => void this.events.push(event) },
      s3: {
        get: (bucket: string, key: string) => {
          const body = objects[`${bucket}/${key}`] ?? (paced ? undefined : new Uint8Array());
          return body && { body };
        },
      },
      ecr: {
        resolve: (uri: string) => ({
          repository: uri.split(/[/@:]/)[1]!,
          digest: `sha256:${'a'.repeat(64)}`,
          ...image,
        }),
      },
    };
    const world = partial as unknown as World & Record<string, unknown>;
    const cloudwatch = new CloudWatch(world);
    const endpoints = new Endpoints(world);
    const fleets = paced ? createProcessFleets(world) : createSimulatedFleets(world);
    const runtime = new SageMakerRuntime(world);
    const sns = {
      operations: { Publish: (input: unknown) => void this.published.push(input as never) },
    } satisfies Service;
    const describePackage = ({ ModelPackageName: name }: { ModelPackageName: string }) => packages[name];
    const sagemaker = {
      endpoints,
      tags: new Tags(),
      operations: { ...endpoints.operations, DescribeModelPackage: describePackage },
    };
    const services: Record<string, Service> = { cloudwatch, sns, sagemaker, 'sagemaker-runtime': runtime };
    Object.assign(world, {
      cloudwatch,
      fleets,
      sagemaker,
      sagemakerRuntime: runtime,
      door: {
        call: async ({ service, operation, input, caller }: Parameters<World['door']['call']>[0]) =>
          services[service]!.operations[operation]!(input, caller),
      },
    });
    this.world = world;
    this.#close = async () => {
      await endpoints.close();
      await fleets.close();
      cloudwatch.close();
      clock.close();
    };
  }

  // biome-ignore lint/suspicious/noExplicitAny: outputs have AWS's shapes; the tests name what they read.
  async call(operation: string, input: unknown): Promise<any> {
    const service = /Alarm|Metric/.test(operation)
      ? 'cloudwatch'
      : operation === 'InvokeEndpoint'
        ? 'sagemaker-runtime'
        : 'sagemaker';
    return this.world.door.call({ service, operation, input, caller: person });
  }

  /** A model and an endpoint config of the same name. */
  async release(
    name: string,
    variant: Record<string, unknown> = {},
    container: Record<string, unknown> = {},
  ): Promise<void> {
    await this.call('CreateModel', {
      ModelName: name,
      ExecutionRoleArn: ROLE,
      PrimaryContainer: { Image: `elsewhere.example/flights:${name}`, ...container },
    });
    await this.call('CreateEndpointConfig', {
      EndpointConfigName: name,
      ProductionVariants: [
        {
          VariantName: 'main',
          ModelName: name,
          InstanceType: 'ml.c5.large',
          InitialInstanceCount: 4,
          ...variant,
        },
      ],
    });
  }

  /** An endpoint in service on a config of its own. */
  async live(configName: string, variant: Record<string, unknown> = {}): Promise<void> {
    await this.release(configName, variant);
    await this.call('CreateEndpoint', { EndpointName: 'flights', EndpointConfigName: configName });
    await this.settled();
  }

  update(configName: string, deployment?: unknown, more: Record<string, unknown> = {}): Promise<unknown> {
    return this.call('UpdateEndpoint', {
      EndpointName: 'flights',
      EndpointConfigName: configName,
      ...(deployment === undefined ? {} : { DeploymentConfig: deployment }),
      ...more,
    });
  }

  describe(): Promise<Record<string, never>> {
    return this.call('DescribeEndpoint', { EndpointName: 'flights' });
  }

  /** Lets time pass until the endpoint is at rest. */
  async settled(): Promise<Record<string, never>> {
    const describe = this.world.sagemaker.endpoints.operations.DescribeEndpoint!;
    await this.world.clock.runUntil(() => {
      const { EndpointStatus: status } = describe({ EndpointName: 'flights' }, person) as {
        EndpointStatus: string;
      };
      return ['InService', 'Failed'].includes(status);
    }, 86_400_000);
    return this.describe();
  }

  /** An alarm on the error rate of the fleet of one endpoint config. */
  async alarm(configName: string): Promise<string> {
    const name = `${configName}-5xx`;
    await this.call('PutMetricAlarm', {
      AlarmName: name,
      Namespace: 'AWS/SageMaker',
      MetricName: 'Invocation5XXErrors',
      Dimensions: [
        { Name: 'EndpointName', Value: 'flights' },
        { Name: 'VariantName', Value: 'main' },
        { Name: 'EndpointConfigName', Value: configName },
      ],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0.01,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
    return name;
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** A canary of a quarter, baking ten minutes, watched by these alarms. */
export const canary = (...alarmNames: string[]) => ({
  BlueGreenUpdatePolicy: {
    TrafficRoutingConfiguration: {
      Type: 'CANARY',
      WaitIntervalInSeconds: 600,
      CanarySize: { Type: 'CAPACITY_PERCENT', Value: 25 },
    },
    TerminationWaitInSeconds: 300,
    MaximumExecutionTimeoutInSeconds: 3600,
  },
  ...(alarmNames.length > 0
    ? { AutoRollbackConfiguration: { Alarms: alarmNames.map((AlarmName) => ({ AlarmName })) } }
    : {}),
});
