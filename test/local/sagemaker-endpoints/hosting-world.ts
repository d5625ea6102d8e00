import { type Account, type AccountOptions, openAccount } from '../support/open-account.ts';

export { START_MS } from '../support/open-account.ts';

const ROLE = 'arn:aws:iam::123456789012:role/hosting';

/** An account with an endpoint in it. */
export class HostingWorld {
  readonly world: Account['world'];
  readonly events: Account['events'];
  readonly call: Account['call'];

  private constructor(account: Account) {
    this.world = account.world;
    this.events = account.events;
    this.call = account.call;
  }

  static async open(options: AccountOptions = {}): Promise<HostingWorld> {
    return new HostingWorld(await openAccount(options));
  }

  /** The endpoint serves `r1`; `r2` is ready to take over. */
  static async twoReleases(options: AccountOptions = {}): Promise<HostingWorld> {
    const hosting = await HostingWorld.open(options);
    await hosting.live('r1');
    await hosting.release('r2');
    return hosting;
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
      const { EndpointStatus: status } = describe({ EndpointName: 'flights' }, this.world.person) as {
        EndpointStatus: string;
      };
      return ['InService', 'Failed', 'UpdateRollbackFailed'].includes(status);
    }, 86_400_000);
    return this.describe();
  }

  /** The share of the endpoint's requests that a config's fleet got since `fromMs`. */
  shareOf(configName: string, fromMs: number): number {
    const rows = this.world.sagemaker.endpoints.traffic('flights').filter(({ atMs }) => atMs >= fromMs);
    const sum = (some: typeof rows) => some.reduce((total, { requests }) => total + requests, 0);
    return sum(rows.filter(({ fleet }) => fleet === configName)) / sum(rows);
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
